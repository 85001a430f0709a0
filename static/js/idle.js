// "Are you still there?": warns after a while without a touch, and ends the visit when nobody answers.

const EVERY_MS = 1000;
const TELL_SERVER_MS = 30_000;

const warning = document.getElementById("idle");
const idleMs = warning.dataset.idle * 1000;
const warnMs = warning.dataset.warn * 1000;

let touched = Date.now();
let told = Date.now();

function beingHelped() {
  return document.querySelector("[data-call-open]");
}

async function tellServer() {
  told = Date.now();
  const answer = await fetch(warning.dataset.stay, { method: "POST" }).catch(() => null);
  if (answer?.redirected) location.replace(answer.url);
}

function isReadTo() {
  return document.body.hasAttribute("data-sounding");
}

function touch() {
  if (warning.open) return;
  touched = Date.now();
  if (touched - told > TELL_SERVER_MS) tellServer();
}

function stay() {
  warning.close();
  touched = Date.now();
  tellServer();
}

function look() {
  const alone = Date.now() - touched;
  if (isReadTo()) touch();
  else if (beingHelped()) touched = Date.now();
  else if (alone >= idleMs + warnMs) warning.querySelector("form").requestSubmit();
  else if (alone >= idleMs && !warning.open) warning.showModal();
}

for (const sign of ["click", "keydown", "input", "scroll"]) {
  addEventListener(sign, touch, { capture: true, passive: true });
}
warning.addEventListener("cancel", stay);
warning.querySelector("[data-action=stay]").addEventListener("click", stay);
setInterval(look, EVERY_MS);
