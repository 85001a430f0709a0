// Asks before each tap that leads on whether the server answers, so that nobody ends on an error page of the browser.
// While it does not, the page says where people are and keeps asking; once it does, the last tap is done after all.

const PATIENCE_MS = 4000;
const AGAIN_MS = 2000;
const NOBODY_THERE = [502, 503, 504]; // how a proxy says it; pages of ours answer this question with 200

const words = document.getElementById("away");

let tapped = null;
let asking = false;
let done = false;

async function answers() {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  return fetch(location.href, { method: "OPTIONS", signal: patience }).then(
    (answer) => !NOBODY_THERE.includes(answer.status),
    () => false,
  );
}

async function reach() {
  if (asking) return;
  asking = true;
  while (!(await answers())) {
    if (!words.open) words.showModal();
    await new Promise((passed) => setTimeout(passed, AGAIN_MS));
  }
  asking = false;
  words.close();
  tapped?.();
  tapped = null;
}

function once(there) {
  tapped = there;
  reach();
}

// The very tap again, for whoever listens to it: the browser, htmx, another script.
function again(element, tap) {
  // A part that fetched itself anew in the meantime has taken its form along.
  if (!element.isConnected) document.body.append(element);
  done = true;
  tap();
  done = false;
}

function hold(event, element, tap) {
  event.preventDefault();
  event.stopImmediatePropagation();
  once(() => again(element, tap));
}

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!done) hold(event, form, () => form.requestSubmit(submitter));
}, true);

addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!done && link && !link.hash && !elsewhere) hold(event, link, () => link.click());
}, true);

for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(trouble, reach);
}
