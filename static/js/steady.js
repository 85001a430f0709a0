// Steady touch: a target acts once it was held for a while, and not by a tap, so that a hand that shakes, a sleeve or
// a second tap does no harm. Keys of a keyboard work as ever. Sliding off lets go of it (WCAG 2.5.2).

const HOLD_MS = Number(document.documentElement.dataset.steady);
const DRIFT_PX = 40; // how far a finger may stray beside what it holds
const TARGETS = "a[href], button, label, summary, input, textarea, select";

let held = null;
let timer = 0;
let acting = false;

function letGo() {
  clearTimeout(timer);
  held?.removeAttribute("data-held");
  held = null;
}

function act() {
  const target = held;
  letGo();
  acting = true;
  target.click();
  if (target.matches("input, textarea, select")) target.focus();
  acting = false;
}

function hold(event) {
  letGo();
  held = event.isPrimary ? event.target.closest(TARGETS) : null;
  if (!held) return;
  held.setAttribute("data-held", "");
  timer = setTimeout(act, HOLD_MS);
}

function isBeside({ clientX, clientY }) {
  const box = held.getBoundingClientRect();
  return clientX < box.left - DRIFT_PX || clientX > box.right + DRIFT_PX
    || clientY < box.top - DRIFT_PX || clientY > box.bottom + DRIFT_PX;
}

addEventListener("pointerdown", hold, true);
addEventListener("pointermove", (event) => held && isBeside(event) && letGo(), true);
for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, letGo, true);

// A click of a finger or a mouse counts its taps in `detail`; one of a key has none.
addEventListener("click", (event) => {
  if (acting || !event.isTrusted || event.detail === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
