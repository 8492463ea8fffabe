/**
 * Selects (and forms of radio chips) with data-autosubmit send their form when changed.
 * The plain button beside them has the class no-js. A change made by keyboard waits until the keys rest,
 * so that nobody is carried away on the way through the choices.
 */
export function autosubmit(): void {
  let timer = 0;
  let lastKey = 0;
  document.addEventListener("keydown", () => { lastKey = Date.now(); }, true);
  document.addEventListener("change", (event) => {
    const control = event.target as HTMLInputElement | HTMLSelectElement;
    if (!control.form || !control.closest("[data-autosubmit]")) return;
    const form = control.form;
    clearTimeout(timer);
    timer = window.setTimeout(() => form.requestSubmit(), Date.now() - lastKey < 1000 ? 1200 : 0);
  });
}
