// Says a date in words under its three inputs: "woensdag 31 maart 2027".

const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", calendar: "gregory", timeZone: "UTC" });

function inWords(day, month, year) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 999 && date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? words.format(date) : "";
}

for (const output of document.querySelectorAll("[data-written]")) {
  const form = output.closest("form");
  const parts = ["day", "month", "year"].map((part) => form.elements[`${output.dataset.written}.${part}`]);
  const write = () => { output.textContent = inWords(...parts.map((input) => Number(input.value))); };
  form.addEventListener("input", write);
  write();
}
