// Says that a tap was heard when what it leads to takes longer than a second. It hears taps before away.js holds them.

const AFTER_MS = 1000;

const words = document.getElementById("wait");

let timer = null;

// A telephone number and a file leave the page standing.
function leadsOn(link) {
  return !link.hash && link.protocol === location.protocol && link.dataset.action !== "file";
}

function begin() {
  timer ??= setTimeout(() => { words.textContent = words.dataset.words; }, AFTER_MS);
}

function end() {
  clearTimeout(timer);
  timer = null;
  words.textContent = "";
}

addEventListener("submit", begin, true);
addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link && leadsOn(link)) begin();
}, true);

// What htmx sends leaves the page standing.
document.addEventListener("htmx:afterRequest", (event) => event.target.matches("form") && end());
