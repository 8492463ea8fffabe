/** Escape and a click elsewhere close the small menus of the header. */
export function menus(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("header.top details[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
}
