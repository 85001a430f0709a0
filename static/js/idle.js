// "Are you still there?": covers what was filled in after a while without a touch, then warns, and ends the visit when
// nobody answers. No time runs while somebody is read to or waits for a person; who wants more time has more of it.

const EVERY_MS = 1000;
const TELL_SERVER_MS = 30_000;
const TO_BE_ASKED = 200; // else the server has nothing to say
const [TONE_HZ, TONE_S, TONE_VOLUME] = [520, 0.5, 0.1];

const root = document.documentElement;
const warning = document.getElementById("idle");
const cover = document.getElementById("cover");
const slower = warning.querySelector("[data-action=slow]");
const [idleMs, warnMs, coverMs] = ["idle", "warn", "cover"].map((name) => warning.dataset[name] * 1000);

let touched = Date.now();
let told = Date.now();
let warned = 0;

const isSlow = () => root.hasAttribute("data-slow");
const times = () => (isSlow() ? Number(warning.dataset.times) : 1);
const isHelped = () => document.querySelector("[data-call-open]") !== null;
const isReadTo = () => document.body.hasAttribute("data-sounding");

const isFilled = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim() !== "");

function showsAnswers() {
  const fields = [...document.querySelectorAll("#main :is(input:not([type=hidden]), select, textarea)")];
  return document.querySelector("[data-answer], [data-reference], [data-told]") !== null || fields.some(isFilled);
}

async function send(address, form) {
  told = Date.now();
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(form) }).catch(() => null);
  if (answer?.redirected) location.replace(answer.url);
  return answer?.status;
}

async function touch() {
  if (warning.open) return;
  touched = Date.now();
  if (touched - told <= TELL_SERVER_MS) return;
  const status = await send(warning.dataset.touch, {});
  if (status === TO_BE_ASKED && !isReadTo()) warn();
}

// Where the browser lets nothing sound, the words must do.
function tone() {
  const audio = new AudioContext();
  const [sound, volume] = [audio.createOscillator(), audio.createGain()];
  sound.frequency.value = TONE_HZ;
  volume.gain.setValueAtTime(TONE_VOLUME, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + TONE_S);
  sound.connect(volume).connect(audio.destination);
  sound.start();
  setTimeout(() => audio.close(), TONE_S * 1000);
}

function warn() {
  if (warning.open) return;
  warned = Date.now();
  tellTime();
  warning.showModal();
  tone();
}

// Only what changes is said aloud.
function tellTime() {
  const left = (warned + warnMs * times() - Date.now()) / 1000;
  const words = [...warning.querySelectorAll("[data-at]")];
  const now = words.findLast((each) => each.dataset.at >= Math.ceil(left)) ?? words[0];
  for (const each of words) if (each.hidden === (each === now)) each.hidden = each !== now;
  if (left <= 0) warning.querySelector("[data-action=end-now]").click();
}

function stay() {
  warning.close();
  cover.close();
  touched = Date.now();
  send(warning.dataset.stay, isSlow() ? { slow: "yes" } : {});
}

function stayLonger() {
  root.setAttribute("data-slow", "yes");
  slower.hidden = true;
  stay();
}

function look() {
  if (warning.open) return tellTime();
  if (isReadTo()) return touch();
  if (isHelped()) touched = Date.now();
  const alone = Date.now() - touched;
  if (alone >= idleMs * times()) warn();
  else if (alone >= coverMs && !isSlow() && showsAnswers() && !cover.open) cover.showModal();
}

for (const sign of ["click", "keydown", "input", "scroll"]) {
  addEventListener(sign, touch, { capture: true, passive: true });
}
warning.addEventListener("cancel", stay);
warning.querySelector("[data-action=stay]").addEventListener("click", stay);
slower?.addEventListener("click", stayLonger);
cover.querySelector("[data-action=uncover]").addEventListener("click", () => cover.close());
// Who calls is there: no time runs out while the call is on its way.
warning.querySelector("[data-action=call]").form.addEventListener("submit", stay);
setInterval(look, EVERY_MS);
