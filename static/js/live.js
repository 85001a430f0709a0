// Keeps parts of a page up to date. A stream says that something changed, and then each part fetches itself, at most
// once a second; while there is no stream, every few seconds. A page that nobody sees rests, unless it is listened to.

const LOOK_MS = 250;
const FOLD_MS = 1000;
const WITHOUT_STREAM_MS = 3000;
const BESIDE_STREAM_MS = 10_000; // for what changes with time alone
const REFUSED_MS = 10_000;
const SILENT_MS = 25_000; // two signs of life of the server, and a half

const place = document.querySelector("[data-live]");

let stream = null;
let heard = 0;
let fetched = Date.now();
let news = false;

function hear() { heard = Date.now(); }

function listen() {
  hangUp();
  hear();
  stream = new EventSource(place.dataset.live);
  stream.addEventListener("open", hear);
  stream.addEventListener("alive", hear);
  stream.addEventListener("changed", () => { hear(); news = true; look(); });
}

function hangUp() {
  stream?.close();
  stream = null;
}

function isLost() {
  return Date.now() - heard > (stream.readyState === EventSource.CLOSED ? REFUSED_MS : SILENT_MS);
}

function fetchParts() {
  fetched = Date.now();
  news = false;
  document.body.dispatchEvent(new Event("news"));
}

function interval() {
  if (news) return FOLD_MS;
  return stream.readyState === EventSource.OPEN ? BESIDE_STREAM_MS : WITHOUT_STREAM_MS;
}

function rests() {
  const unseen = document.hidden && place.dataset.liveUnseen === undefined;
  return unseen || !place.querySelector("[hx-trigger*=news]");
}

function look() {
  if (rests()) return hangUp();
  if (!stream || isLost()) listen();
  if (Date.now() - fetched >= interval()) fetchParts();
}

if (place) {
  document.addEventListener("visibilitychange", () => { news = true; look(); });
  setInterval(look, LOOK_MS);
  look();
}
