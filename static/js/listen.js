// Reading aloud with large buttons in place of the browser's small ones. Nothing sounds before a tap.

const sound = document.querySelector("audio");
const [play, hush, replay] = ["play", "hush", "replay"].map((name) => document.querySelector(`[data-action=${name}]`));

function show() {
  const sounding = !sound.paused && !sound.ended;
  document.body.toggleAttribute("data-sounding", sounding);
  play.hidden = sounding || heard;
  hush.hidden = !sounding;
  replay.hidden = sounding || !heard;
}

function begin() {
  heard = true;
  sound.currentTime = 0;
  sound.play().catch(show);
}

let heard = false;
sound.controls = false;
play.addEventListener("click", begin);
replay.addEventListener("click", begin);
hush.addEventListener("click", () => sound.pause());
for (const change of ["play", "pause", "ended", "error"]) sound.addEventListener(change, show);
show();
