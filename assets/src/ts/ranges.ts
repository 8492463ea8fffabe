import { ja } from "./dom";

/**
 * Any stretch of an answer by mouse, touch or keyboard. Offsets are Unicode code points inside a paragraph, as the server counts them.
 * The form beside the text takes the stretch; without this script proposals and a form with first and last words do the same.
 */
export function ranges(): void {
  const box = document.querySelector<HTMLElement>("[data-ranges]");
  const form = document.querySelector<HTMLFormElement>("[data-range-form]");
  const said = form?.querySelector<HTMLElement>("[data-range-said]");
  const button = form?.querySelector<HTMLButtonElement>("button");
  if (!box || !form || !said || !button) return;
  const paragraphs = [...box.querySelectorAll<HTMLElement>("[data-paragraph]")];
  const words = segmenter("word");
  const sentences = segmenter("sentence");
  let timer = 0;

  const take = (paragraph: HTMLElement, start: number, end: number): void => {
    const letters = [...(paragraph.textContent ?? "")];
    const field = (name: string, value: string): void => { (form.elements.namedItem(name) as HTMLInputElement).value = value; };
    const some = end > start;
    field("p", some ? paragraph.dataset.paragraph ?? "" : "");
    field("s", some ? String(start) : "");
    field("e", some ? String(end) : "");
    button.disabled = !some;
    const text = letters.slice(start, end).join("");
    clearTimeout(timer);
    timer = window.setTimeout(() => { said.textContent = some ? (ja ? `選択中（${end - start} 字）：${text}` : `Selected (${end - start} characters): ${text}`) : place(letters, start); }, 120);
  };

  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const paragraph = paragraphs.find((p) => p.contains(range.startContainer));
    if (!paragraph) return;
    // A selection that runs over the end of its paragraph ends there.
    const end = paragraph.contains(range.endContainer) ? offset(paragraph, range.endContainer, range.endOffset) : [...(paragraph.textContent ?? "")].length;
    take(paragraph, offset(paragraph, range.startContainer, range.startOffset), end);
  });

  for (const paragraph of paragraphs) {
    let anchor = 0;
    let focus = 0;
    paragraph.addEventListener("focus", () => { anchor = focus = 0; });
    paragraph.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !button.disabled && event.target === paragraph) { event.preventDefault(); form.requestSubmit(); return; }
      if (event.key === "Escape") { getSelection()?.removeAllRanges(); anchor = focus; take(paragraph, focus, focus); return; }
      const forward = event.key === "ArrowRight" || event.key === "End";
      if (!forward && event.key !== "ArrowLeft" && event.key !== "Home") return;
      event.preventDefault();
      const text = paragraph.textContent ?? "";
      const far = event.key === "End" || event.key === "Home";
      focus = far ? (forward ? [...text].length : 0) : step(text, focus, forward, event.altKey ? sentences : event.ctrlKey ? words : undefined);
      if (!event.shiftKey) anchor = focus;
      const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)];
      show(paragraph, start, end);
      take(paragraph, start, end);
    });
  }
}

function segmenter(granularity: "word" | "sentence"): Intl.Segmenter | undefined {
  return "Segmenter" in Intl ? new Intl.Segmenter("ja", { granularity }) : undefined;
}

/** The letters around a place, read out while it moves. */
function place(letters: string[], at: number): string {
  const next = letters.slice(at, at + 8).join("");
  if (next) return ja ? `ここから：${next}` : `From here: ${next}`;
  return ja ? "段落の終わり" : "End of the paragraph";
}

/** One letter, word or sentence on, in code points. */
function step(text: string, from: number, forward: boolean, by?: Intl.Segmenter): number {
  const length = [...text].length;
  if (!by) return Math.max(0, Math.min(length, from + (forward ? 1 : -1)));
  let at = 0;
  let before = 0;
  for (const { segment } of by.segment(text)) {
    const end = at + [...segment].length;
    if (forward && end > from) return end;
    if (!forward && end >= from) return at < from ? at : before;
    before = at;
    at = end;
  }
  return forward ? length : before;
}

function offset(paragraph: HTMLElement, node: Node, at: number): number {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, at);
  return [...range.toString()].length;
}

/** Shows the stretch as the browser shows any selection. */
function show(paragraph: HTMLElement, start: number, end: number): void {
  const range = document.createRange();
  const [from, past] = [find(paragraph, start), find(paragraph, end)];
  range.setStart(from.node, from.at);
  range.setEnd(past.node, past.at);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

function find(paragraph: HTMLElement, point: number): { node: Node; at: number } {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = point;
  let node = walker.nextNode();
  let last: Node = paragraph;
  while (node) {
    const letters = [...(node.textContent ?? "")];
    if (left <= letters.length) return { node, at: letters.slice(0, left).join("").length };
    left -= letters.length;
    last = node;
    node = walker.nextNode();
  }
  return { node: last, at: last.textContent?.length ?? 0 };
}
