import { ja, make } from "./dom";

/** data-copy="text", or data-copy="#id" for the text or value of an element. */
export function copy(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    button.hidden = false;
    const said = make("span", "copied");
    said.setAttribute("role", "status");
    button.after(said);
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      const wanted = button.dataset.copy ?? "";
      const source = /^#[\w-]+$/.test(wanted) ? document.querySelector(wanted) : null;
      const text = source ? ("value" in source ? String(source.value) : (source.textContent ?? "")) : wanted;
      try {
        await navigator.clipboard.writeText(text.trim());
        said.textContent = ja ? "写しました" : "Copied";
      } catch {
        said.textContent = ja ? "写せませんでした。文字を選んで写してください。" : "Could not copy. Please select the text.";
      }
      setTimeout(() => { said.textContent = ""; }, 4000);
    });
  }
}
