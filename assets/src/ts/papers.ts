/** Scanned pages beside a form: larger, smaller, turned, page by page, also by keys while the hands stay in the form. */
export function papers(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-papers]")) {
    const pages = [...box.querySelectorAll<HTMLElement>("[data-page]")];
    const view = box.querySelector<HTMLElement>(".papers-view");
    const at = box.querySelector<HTMLElement>("[data-papers-at]");
    if (!view || pages.length === 0) continue;
    for (const tool of box.querySelectorAll<HTMLElement>("[data-papers-tools]")) tool.hidden = false;
    box.classList.add("with-tools");
    let shown = 0;
    let size = 1;
    const turns = pages.map((page) => Number(page.querySelector<HTMLElement>("img")?.dataset.turn ?? 0));
    const show = (): void => {
      pages.forEach((page, number) => { page.hidden = number !== shown; });
      if (at) at.textContent = `${shown + 1} / ${pages.length}`;
      const page = pages[shown];
      const picture = page?.querySelector<HTMLElement>("img");
      if (!page || !picture) return;
      const link = page.querySelector<HTMLElement>("a");
      if (link) link.style.width = `${Math.round(size * 100)}%`;
      picture.dataset.turn = String((turns[shown] ?? 0) % 4);
      box.querySelector<HTMLButtonElement>('[data-do="previous"]')?.toggleAttribute("disabled", shown === 0);
      box.querySelector<HTMLButtonElement>('[data-do="next"]')?.toggleAttribute("disabled", shown === pages.length - 1);
    };
    const todo: Record<string, () => void> = {
      previous: () => { shown = Math.max(0, shown - 1); view.scrollTo(0, 0); },
      next: () => { shown = Math.min(pages.length - 1, shown + 1); view.scrollTo(0, 0); },
      larger: () => { size = Math.min(4, size * 1.25); },
      smaller: () => { size = Math.max(0.5, size / 1.25); },
      turn: () => { turns[shown] = (turns[shown] ?? 0) + 1; },
    };
    const run = (name: string): void => { todo[name]?.(); show(); };
    box.addEventListener("click", (event) => {
      const name = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset.do;
      if (name) run(name);
    });
    const keys: Record<string, string> = { PageUp: "previous", PageDown: "next", ArrowUp: "larger", ArrowDown: "smaller", KeyR: "turn" };
    document.addEventListener("keydown", (event) => {
      const name = keys[event.code];
      if (!event.altKey || event.ctrlKey || event.metaKey || !name) return;
      event.preventDefault();
      run(name);
    });
    show();
  }
}
