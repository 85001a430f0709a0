// What every screen does better with a script: no stale page, no context menu, no double taps, a button to read on.

const TWICE_MS = 300;
const SENDING_MS = 5000;

addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());

let last = { target: null, at: -TWICE_MS };

addEventListener("click", (event) => {
  const target = event.target.closest("a, button:not(.key)");
  if (!target) return;
  if (target === last.target && event.timeStamp - last.at < TWICE_MS) event.preventDefault();
  else last = { target, at: event.timeStamp };
}, true);

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, SENDING_MS);
}, true);

const page = document.querySelector(".page");
const more = document.querySelector("[data-action=read-on]");

function offerMore() {
  if (more) more.hidden = page.scrollHeight - page.clientHeight - page.scrollTop < 8;
}

if (more) {
  more.addEventListener("click", () => page.scrollBy({ top: page.clientHeight * 0.6 }));
  page.addEventListener("scroll", offerMore, { passive: true });
  new ResizeObserver(offerMore).observe(page);
  document.fonts.ready.then(offerMore);
}
