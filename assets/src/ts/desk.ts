import { base, ja } from "./dom";
import { forget } from "./drafts";

/**
 * form[data-desk]: the intake screen by keyboard. In a row of choices ([data-pick]) the key beside a choice chooses it; one choice
 * leads on to the next stop ([data-stop]), several are ended by Enter. F2 looks into the directory and goes there; a number names
 * that provider. Ctrl+Enter saves. Drafts are saved as typed; minutes count until somebody writes them.
 * Without scripts the same form works with its buttons.
 */
const REST = 1_500;

interface Answer { seen?: number; at?: string; errors?: string[]; asked?: string; answer?: string }

export function desk(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-desk]");
  if (form) new Screen(form);
}

class Screen {
  private timer = 0;
  private looking = 0;
  private sending: Promise<boolean> | null = null;
  private touched = false;
  private minutesTyped: boolean;
  private readonly panel = document.querySelector<HTMLElement>("[data-beside]");
  private readonly minutes: HTMLInputElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.minutes = form.querySelector<HTMLInputElement>("input[name=minutes]");
    this.minutesTyped = this.minutes !== null && this.minutes.value !== "";
    this.count();
    setInterval(() => this.count(), 15_000);
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("submit", () => { clearTimeout(this.timer); this.touched = false; });
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button[data-quick], button[data-look]");
      if (!button || button.disabled) return;
      event.preventDefault();
      void (button.hasAttribute("data-look") ? this.look(true) : this.quick(button));
    });
    if (form.hasAttribute("data-draft") && !location.hash && !document.querySelector(".errors")) this.begin();
  }

  /** The first row that nothing has been chosen in; a row that is remembered can be passed. */
  private begin(): void {
    const first = this.stops().find((stop) => !stop.querySelector("input:checked, textarea:not(:empty)"));
    this.enter(first ?? this.stops()[0]);
  }

  private count(): void {
    const since = Number(this.form.dataset.since);
    if (!this.minutes || this.minutesTyped || !since) return;
    this.minutes.value = String(Math.min(1440, Math.max(1, Math.ceil((Date.now() * 1000 - since) / 60_000_000))));
  }

  private stops(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("[data-stop]")].filter((stop) => stop.checkVisibility());
  }

  private enter(stop: HTMLElement | undefined): void {
    const target = stop?.querySelector<HTMLElement>("input:checked") ?? stop?.querySelector<HTMLElement>("input, textarea, select");
    target?.focus();
    stop?.scrollIntoView({ block: "nearest" });
  }

  private next(from: Element): void {
    const stops = this.stops();
    const here = stops.findIndex((stop) => stop.contains(from));
    const after = stops[here + 1];
    if (after) this.enter(after);
    else this.form.querySelector<HTMLElement>("[data-save]")?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey) return;
    if (event.key === "F2") {
      event.preventDefault();
      void this.look(true);
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector<HTMLButtonElement>("[data-save]"));
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const at = event.target as HTMLElement;
    if (this.panel?.contains(at)) {
      if (at instanceof HTMLSelectElement) return;
      const button = this.panel.querySelector<HTMLButtonElement>(`button[data-key="${CSS.escape(event.key)}"]`);
      if (button) { event.preventDefault(); button.click(); }
      else if (event.key === "Escape") { event.preventDefault(); this.back?.focus(); }
      return;
    }
    const stop = at.closest<HTMLElement>("[data-stop]");
    if (!stop || !this.form.contains(stop)) return;
    if (event.key === "Enter" && at instanceof HTMLInputElement) {
      event.preventDefault();
      this.next(at);
      return;
    }
    const kind = stop.dataset.pick;
    if (!kind || event.key.length !== 1) return;
    const choice = stop.querySelector<HTMLInputElement>(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.checked = kind === "radio" ? true : !choice.checked;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    if (kind === "radio") this.next(choice);
  }

  private back: HTMLElement | null = null;

  private typed(event: Event): void {
    const at = event.target as HTMLInputElement;
    if (at === this.minutes) this.minutesTyped = at.value !== "";
    if (["municipality", "category", "treatment", "place"].includes(at.name)) {
      clearTimeout(this.looking);
      this.looking = window.setTimeout(() => void this.look(false), 350);
    }
    if (at.closest("[data-beside]")) return;
    this.touched = true;
    clearTimeout(this.timer);
    if (this.form.hasAttribute("data-draft")) this.timer = window.setTimeout(() => void this.send(), REST);
  }

  private say(text: string): void {
    const status = this.form.querySelector<HTMLElement>("[data-saved]");
    if (status) status.textContent = text;
  }

  /** Asks the directory for what is on the screen; `go`: and stands before the first answer. */
  private async look(go: boolean): Promise<void> {
    if (!this.panel) return;
    if (go && document.activeElement instanceof HTMLElement && !this.panel.contains(document.activeElement)) this.back = document.activeElement;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (["municipality", "category", "treatment", "place"].includes(name) && typeof value === "string" && value) query.append(name, value);
    }
    try {
      const answer = await fetch(new URL(`${this.panel.dataset.beside}?${query}`, base), { headers: { "x-renkei-background": "1" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) return;
      const held = this.panel.contains(document.activeElement);
      this.panel.innerHTML = await answer.text();
      if (go || held) (this.panel.querySelector<HTMLElement>("button[data-key]") ?? this.panel).focus();
    } catch {
      if (go) this.panel.focus();
    }
  }

  /** One tap: what was typed is kept first, then the button does its one thing, and the panel says so. */
  private async quick(button: HTMLButtonElement): Promise<void> {
    const name = button.name;
    const value = button.value;
    await this.sending;
    clearTimeout(this.timer);
    if (await this.post([[name, value]])) await this.look(false);
    const again = this.panel?.querySelector<HTMLElement>("button[data-quick]");
    if (again && (document.activeElement === document.body || document.activeElement === button)) again.focus();
  }

  private async send(): Promise<void> {
    if (this.sending) { await this.sending; }
    if (!this.touched) return;
    this.touched = false;
    this.say(ja ? "保存しています…" : "Saving…");
    this.sending = this.post([]);
    await this.sending;
    this.sending = null;
  }

  private async post(more: [string, string][]): Promise<boolean> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
    for (const [name, value] of more) body.append(name, value);
    // Counted minutes are counted again at the end.
    if (!this.minutesTyped) body.delete("minutes");
    try {
      const answer = await fetch(new URL(this.form.dataset.autosaveAll ?? "", base), { method: "POST", body, headers: { "x-renkei-background": "1" }, credentials: "same-origin", redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        this.touched = true;
        this.say(ja ? "サインインが切れています。書いた文はこのタブに残っています。サインインし直すと続けられます。" : "You are signed out. Your text is kept in this tab; sign in again to go on.");
        return false;
      }
      return this.take(answer.status, await answer.json() as Answer);
    } catch {
      this.touched = true;
      this.say(ja ? "まだ保存できていません。つながったら、もう一度保存します。" : "Not saved yet. It will be tried again.");
      this.timer = window.setTimeout(() => void this.send(), REST * 4);
      return false;
    }
  }

  private take(status: number, answer: Answer): boolean {
    const seen = this.form.elements.namedItem("seen") as HTMLInputElement;
    if (status === 409) {
      this.both(answer, seen);
      return false;
    }
    if (answer.errors && answer.errors.length > 0) {
      this.say(answer.errors.join(" "));
      return false;
    }
    if (status >= 400) return false;
    seen.value = String(answer.seen ?? seen.value);
    if (this.form.dataset.edit && this.form.hasAttribute("data-draft")) {
      // From the first save on the address leads back to this draft.
      history.replaceState(null, "", new URL(this.form.dataset.edit, base));
      const old = this.form.dataset.keep;
      if (!this.touched) forget(this.form);
      this.form.dataset.keep = this.form.dataset.keepSaved ?? old;
    }
    void this.earlier();
    this.say((ja ? "下書きを残しました " : "Draft kept ") + (answer.at ?? ""));
    return true;
  }

  private about = "";

  /** Earlier calls of the same number or pseudonym, once the draft holds them; each look stands in the audit trail. */
  private async earlier(): Promise<void> {
    const box = document.querySelector<HTMLElement>("[data-earlier]");
    const of = (name: string) => (this.form.elements.namedItem(name) as HTMLInputElement | null)?.value.trim() ?? "";
    const about = `${of("caller_phone")}|${of("person")}`;
    if (!box || about === this.about) return;
    this.about = about;
    if (about === "|") { box.hidden = true; return; }
    try {
      const answer = await fetch(new URL(box.dataset.earlier ?? "", base), { headers: { "x-renkei-background": "1" }, credentials: "same-origin", redirect: "error" });
      const place = box.querySelector("div");
      if (!answer.ok || !place) return;
      place.innerHTML = await answer.text();
      box.hidden = false;
    } catch {
      // The list is a help; the call goes on without it.
    }
  }

  /** Somebody else saved this call: their texts beside mine, and mine stay on the screen. */
  private both(answer: Answer, seen: HTMLInputElement): void {
    const box = this.form.querySelector<HTMLElement>("[data-clash]");
    if (!box) return;
    box.replaceChildren();
    const add = (tag: string, text: string) => { const made = document.createElement(tag); made.textContent = text; box.append(made); };
    add("h3", ja ? "ほかの人が先に保存しました" : "Somebody else saved first");
    add("p", ja ? "保存されている文です。あなたの文は上の欄に残してあります。もう一度書くか保存すると、あなたの文で上書きします。" : "This is what is saved. Yours is still in the fields above; typing on or saving writes over theirs.");
    add("blockquote", answer.asked ?? "");
    add("blockquote", answer.answer ?? "");
    box.hidden = false;
    box.className = "card waits";
    seen.value = String(answer.seen ?? seen.value);
    this.touched = true;
    this.say(ja ? "ほかの人が先に保存しました。" : "Somebody else saved first.");
  }
}
