// The console works without this. It adds copy buttons, and says in the title and aloud how many people wait.
(() => {
  const pageTitle = document.title;
  const said = document.getElementById("said");
  let waiting = 0;

  const showCopyButtons = () => {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
  };

  const countWaiting = () => {
    const now = Number(document.querySelector("[data-waiting]")?.dataset.waiting ?? 0);
    document.title = now ? `(${now}) ${pageTitle}` : pageTitle;
    if (now > waiting) said.textContent = now === 1 ? "Er wacht 1 burger." : `Er wachten ${now} burgers.`;
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

  document.addEventListener("htmx:afterSettle", countWaiting);
  showCopyButtons();
  countWaiting();
})();
