import { ja, make } from "./dom";

/**
 * form[data-keep="account:form:record"]: what is typed is kept in this tab until the form has been accepted, so that a lock, a lost
 * session or a broken line costs nothing. Passwords, codes, files and hidden fields are never kept; signing out clears all.
 */
const PREFIX = "renkei.draft.";
const SENT = "renkei.sent.";
type Kept = [name: string, value: string][];

export function drafts(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-keep]")];
  clearAccepted(forms);
  for (const form of forms) restore(form);
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (/\/sign-out\/?$/.test(new URL(form.action, location.href).pathname)) forgetAll();
    else if (form.dataset.keep && !event.defaultPrevented) sessionStorage.setItem(SENT + form.dataset.keep, "1");
  });
}

/** Keeps all forms at once, before the page is covered. */
export function keepNow(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep][data-touched]")) keep(form);
}

/** What a form holds has been saved on the way: nothing of it needs keeping. */
export function forget(form: HTMLFormElement): void {
  delete form.dataset.touched;
  sessionStorage.removeItem(PREFIX + form.dataset.keep);
}

/** A form that was sent and is not on the page that answered has been accepted, unless the answer is a sign-in page. */
function clearAccepted(forms: HTMLFormElement[]): void {
  if (document.querySelector('input[type="password"], form[data-cast], form[action$="/account/confirm"]')) return;
  for (const key of Object.keys(sessionStorage).filter((key) => key.startsWith(SENT))) {
    const name = key.slice(SENT.length);
    const form = forms.find((form) => form.dataset.keep === name);
    sessionStorage.removeItem(key);
    if (!form || !form.closest("main")?.querySelector(".errors, .field.bad")) sessionStorage.removeItem(PREFIX + name);
  }
}

function forgetAll(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("renkei.")) sessionStorage.removeItem(key);
}

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return [...form.elements].filter((part): part is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
    (part instanceof HTMLInputElement || part instanceof HTMLTextAreaElement || part instanceof HTMLSelectElement) && part.name !== "" &&
    !["hidden", "password", "file", "submit", "button"].includes(part.type) && part.autocomplete !== "one-time-code" && !part.closest("[data-no-keep]"));
}

function read(form: HTMLFormElement): Kept {
  return fields(form).flatMap((part): Kept => {
    const choice = part instanceof HTMLInputElement && (part.type === "checkbox" || part.type === "radio");
    return choice ? [[`${part.name}=${part.value}`, part.checked ? "1" : ""]] : [[part.name, part.value]];
  });
}

function keep(form: HTMLFormElement): void {
  try {
    sessionStorage.setItem(PREFIX + form.dataset.keep, JSON.stringify(read(form)));
  } catch {
    // A full or closed store keeps nothing; the form itself is unharmed.
  }
}

function restore(form: HTMLFormElement): void {
  const key = PREFIX + form.dataset.keep;
  let timer = 0;
  form.addEventListener("input", () => {
    form.dataset.touched = "";
    clearTimeout(timer);
    timer = window.setTimeout(() => keep(form), 400);
  });
  const text = sessionStorage.getItem(key);
  if (!text || form.querySelector(".errors, .field.bad")) return;
  const before = JSON.stringify(read(form));
  if (text === before) return;
  const kept = new Map(JSON.parse(text) as Kept);
  for (const part of fields(form)) {
    const choice = part instanceof HTMLInputElement && (part.type === "checkbox" || part.type === "radio");
    const value = kept.get(choice ? `${part.name}=${part.value}` : part.name);
    if (value === undefined) continue;
    if (choice) part.checked = value === "1";
    else part.value = value;
  }
  if (JSON.stringify(read(form)) === before) return;
  const box = make("div", "draft no-print");
  box.setAttribute("role", "status");
  const drop = make("button", "btn second small", ja ? "下書きを捨てる" : "Discard the draft");
  drop.type = "button";
  drop.addEventListener("click", () => { sessionStorage.removeItem(key); form.reset(); box.remove(); });
  box.append(make("p", "", ja ? "前に書きかけた内容を戻しました。まだ保存されていません。" : "Your unfinished text has been restored. It is not saved yet."), drop);
  form.prepend(box);
}
