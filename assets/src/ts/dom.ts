/** The page's language decides the few words that scripts show. */
export const ja = document.documentElement.lang.startsWith("ja");

/** Where this script lies; its folder is the assets folder, whose parent is the application's base path. */
const script = document.querySelector<HTMLScriptElement>('script[src*="/assets/app."]');
export const assets = new URL(".", script?.src ?? new URL("/assets/", location.href));
export const base = new URL("../", assets);

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A modal window with buttons; resolves to the pressed button's number, or -1 for Escape. */
export function ask(title: string, text: string, buttons: { text: string; className: string }[]): { dialog: HTMLDialogElement; answer: Promise<number> } {
  const dialog = make("dialog", "window");
  const heading = make("h2", "", title);
  heading.id = `window-${document.querySelectorAll("dialog").length}`;
  dialog.setAttribute("aria-labelledby", heading.id);
  const actions = make("div", "actions");
  dialog.append(heading, make("p", "", text), actions);
  const answer = new Promise<number>((done) => {
    buttons.forEach((button, number) => {
      const made = make("button", button.className, button.text);
      made.type = "button";
      made.addEventListener("click", () => { done(number); dialog.close(); });
      actions.append(made);
    });
    dialog.addEventListener("close", () => { done(-1); dialog.remove(); });
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, answer };
}
