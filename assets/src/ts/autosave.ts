import { base, ja } from "./dom";
import { forget } from "./drafts";

/**
 * form[data-autosave="address"]: what is typed is sent a few seconds after the keys rest, field by field; [data-saved] says how it went.
 * Each field lies in a [data-field="key"] with the hidden texts seen-key and was-key, which the answer renews. The save button stays:
 * without scripts it does the same.
 */
const REST = 2_500;

interface Answer {
  saved?: Record<string, { seen: number; was: string }>;
  clashes?: string[];
  errors?: Record<string, string>;
  at?: string;
}

export function autosave(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-autosave]")) follow(form);
}

function follow(form: HTMLFormElement): void {
  const touched = new Set<string>();
  const status = form.querySelector<HTMLElement>("[data-saved]");
  let timer = 0;
  let sending = false;
  const say = (text: string) => { if (status) status.textContent = text; };

  form.addEventListener("input", (event) => {
    const key = (event.target as HTMLElement).closest<HTMLElement>("[data-field]")?.dataset.field;
    if (!key) return;
    touched.add(key);
    clearTimeout(timer);
    timer = window.setTimeout(() => void send(), REST);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); touched.clear(); });

  async function send(): Promise<void> {
    if (sending || touched.size === 0) return;
    sending = true;
    const keys = [...touched];
    touched.clear();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string") continue;
      const mine = name === "_csrf" || keys.some((key) => name === `f-${key}` || name.startsWith(`f-${key}-`) || name === `seen-${key}` || name === `was-${key}` || name === `range-${key}`);
      if (mine) body.append(name, value);
    }
    say(ja ? "保存しています…" : "Saving…");
    try {
      const response = await fetch(new URL(form.dataset.autosave ?? "", base), { method: "POST", body, headers: { "x-renkei-background": "1" }, credentials: "same-origin", redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 403) {
        say(ja ? "サインインが切れています。書いた文はこのタブに残っています。サインインし直すと続けられます。" : "You are signed out. Your text is kept in this tab; sign in again to go on.");
      } else {
        take(await response.json() as Answer);
      }
    } catch {
      for (const key of keys) touched.add(key);
      say(ja ? "まだ保存できていません。つながったら、もう一度保存します。" : "Not saved yet. It will be tried again.");
      timer = window.setTimeout(() => void send(), REST * 4);
    }
    sending = false;
    if (touched.size > 0) timer = window.setTimeout(() => void send(), REST);
  }

  function take(answer: Answer): void {
    for (const [key, state] of Object.entries(answer.saved ?? {})) {
      const set = (name: string, value: string) => { const part = form.elements.namedItem(name); if (part instanceof HTMLInputElement) part.value = value; };
      set(`seen-${key}`, String(state.seen));
      set(`was-${key}`, state.was);
      const by = form.querySelector(`[data-field="${key}"] [data-by]`);
      if (by) by.textContent = `${ja ? "保存しました" : "Saved"} ${answer.at ?? ""}`;
    }
    const problems = Object.values(answer.errors ?? {});
    if (answer.clashes && answer.clashes.length > 0) {
      say(ja ? "ほかの人が同じ欄を先に保存しました。あなたの文も残してあります。ページを開き直すと、二つとも見えます。" : "Somebody else saved the same field first. Your text is kept too; reload the page to see both.");
    } else if (problems.length > 0) say(problems.join(" "));
    else {
      if (touched.size === 0) forget(form);
      say((ja ? "保存しました " : "Saved ") + (answer.at ?? ""));
    }
  }
}
