// The console works without this. It adds copy buttons, and says in the title, aloud and by a sound that calls ring.
(() => {
  const pageTitle = document.title;
  const said = document.getElementById("said");
  const soundButton = document.querySelector('[data-action="sound"]');
  const CHIME_EVERY_MS = 6000;
  const TONES_HZ = [660, 880];
  let waiting = 0;
  let audio = null;

  const showCopyButtons = () => {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
  };

  const ringing = () => document.querySelector("[data-rings]");
  const rings = () => Number(ringing()?.dataset.rings ?? 0);
  const isQuiet = () => ringing()?.hasAttribute("data-quiet") ?? false;

  // Two soft notes, made here: no file to fetch, and nothing to hear for who is with a client.
  const chime = () => {
    if (!audio || audio.state !== "running" || !rings() || isQuiet()) return;
    TONES_HZ.forEach((tone, number) => {
      const sound = audio.createOscillator();
      const volume = audio.createGain();
      const begins = audio.currentTime + number * 0.25;
      sound.frequency.value = tone;
      volume.gain.setValueAtTime(0.2, begins);
      volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.6);
      sound.connect(volume).connect(audio.destination);
      sound.start(begins);
      sound.stop(begins + 0.6);
    });
  };

  const wantsSound = () => localStorage.getItem("sound") === "on";

  const showSound = () => {
    if (!soundButton) return;
    const on = wantsSound() && audio?.state === "running";
    soundButton.hidden = false;
    soundButton.setAttribute("aria-pressed", String(on));
    soundButton.querySelector("[aria-hidden]").textContent = on ? ": aan" : ": uit";
  };

  // Browsers let a page make sound only after a touch on it, so the first touch anywhere wakes it.
  const wakeSound = async () => {
    if (!wantsSound()) return;
    audio ??= new AudioContext();
    await audio.resume();
    showSound();
  };

  const switchSound = async () => {
    const on = soundButton.getAttribute("aria-pressed") !== "true";
    localStorage.setItem("sound", on ? "on" : "off");
    if (on) await wakeSound();
    else await audio?.suspend();
    showSound();
    if (on) chime();
  };

  const count = () => {
    const now = Number(document.querySelector("[data-waiting]")?.dataset.waiting ?? rings());
    const first = document.querySelector("[data-ringing] h2")?.textContent;
    const title = now ? `(${now}) ${pageTitle}` : pageTitle;
    document.title = first ? `${first} roept ${title}` : title;
    if (now > waiting) {
      said.textContent = now === 1 ? "Er wacht 1 burger." : `Er wachten ${now} burgers.`;
      chime();
    }
    waiting = now;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    for (const other of document.querySelectorAll("[data-copied]")) {
      other.removeAttribute("data-copied");
      other.textContent = "Kopieer";
    }
    button.setAttribute("data-copied", "");
    button.textContent = "Gekopieerd";
    said.textContent = `Gekopieerd: ${button.dataset.copy}`;
  });

  soundButton?.addEventListener("click", switchSound);
  document.addEventListener("pointerdown", wakeSound, { once: true });
  document.addEventListener("keydown", wakeSound, { once: true });
  document.addEventListener("htmx:afterSettle", count);
  setInterval(chime, CHIME_EVERY_MS);
  showCopyButtons();
  showSound();
  wakeSound();
  count();
})();
