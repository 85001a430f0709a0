// What every screen does better with a script: no stale page, no context menu, no double taps, no key that repeats while
// it is held (EN 301 549, 5.7), a button to read on.

const TWICE_MS = document.documentElement.dataset.steady ? 800 : 300;
const SENDING_MS = 5000;

addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());
addEventListener("keydown", (event) => event.repeat && event.preventDefault(), true);

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

// What may hold more than it shows: the words above stand still in reach mode, and then scroll by themselves.
const scrolled = [...document.querySelectorAll(".reading, .page")];
const more = document.querySelector("[data-action=read-on]");

function hasMore(box) {
  const scrolls = getComputedStyle(box).overflowY === "auto";
  return scrolls && box.scrollHeight - box.clientHeight - box.scrollTop >= 8;
}

function offerMore() {
  more.hidden = !scrolled.some(hasMore);
}

function readOn() {
  const box = scrolled.find(hasMore);
  box?.scrollBy({ top: box.clientHeight * 0.6 });
}

if (more) {
  more.addEventListener("click", readOn);
  for (const box of scrolled) {
    box.addEventListener("scroll", offerMore, { passive: true });
    new ResizeObserver(offerMore).observe(box);
  }
  document.fonts.ready.then(offerMore);
}
