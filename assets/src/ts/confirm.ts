import { ask, ja } from "./dom";

/** Forms, buttons and links with data-confirm="text" ask first. The server never relies on it. */
export function confirmations(): void {
  const sure = new WeakSet<Element>();
  document.addEventListener("click", (event) => {
    const asked = (event.target as Element).closest<HTMLElement>("[data-confirm]:not(form)");
    if (asked) hold(event, asked, () => asked.click());
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const sender = (event as SubmitEvent).submitter;
    if (form.matches("[data-confirm]")) hold(event, form, () => form.requestSubmit(sender));
  }, true);

  function hold(event: Event, asked: HTMLElement, go: () => void): void {
    if (sure.delete(asked)) return;
    event.preventDefault();
    event.stopPropagation();
    const verb = asked.dataset.confirmButton ?? (asked.matches("form") ? "" : asked.textContent?.trim()) ?? "";
    const danger = asked.matches(".danger, form:has(.danger)") ? "btn danger" : "btn";
    const { answer } = ask(ja ? "確認" : "Please confirm", asked.dataset.confirm ?? "", [
      { text: verb || (ja ? "進める" : "Go on"), className: danger },
      { text: ja ? "やめる" : "Cancel", className: "btn second" },
    ]);
    void answer.then((number) => {
      if (number !== 0) return;
      sure.add(asked);
      go();
    });
  }
}
