import { ask, base, ja } from "./dom";
import { keepNow } from "./drafts";

/**
 * The server ends a session after 15 idle minutes; this page says so two minutes before and then covers itself, so that nobody reads a
 * screen left alone. All tabs of the browser share one clock. The signed-in shell is known by body[data-account] or its sign-out form.
 */
const WARN = 13 * 60_000;
const LOCK = 15 * 60_000;
const CLOCK = "renkei.active";

export function idleLock(): void {
  const signedIn = document.body.dataset.account ?? document.querySelector('form[action*="/sign-out"]');
  if (signedIn === null || signedIn === undefined) return;
  let warning: HTMLDialogElement | undefined;
  let locked = false;
  let touched = Date.now(); // the last time the server heard of this person
  let active = touched;
  note(touched);

  const moved = () => { if (!warning && !locked) active = Date.now(); };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, moved, { passive: true, capture: true });

  const tick = async () => {
    if (locked) return;
    const shared = Number(localStorage.getItem(CLOCK) ?? 0);
    touched = Math.max(touched, shared);
    const idle = Date.now() - touched;
    if (idle >= LOCK) return lock();
    // Somebody who reads or types without sending anything is not away: tell the server every few minutes.
    if (active > touched && idle > 4 * 60_000 && idle < WARN) return void stay();
    if (idle >= WARN && !warning) warn();
    if (idle < WARN && warning) { warning.close(); warning = undefined; }
  };
  setInterval(() => void tick(), 5_000);
  document.addEventListener("visibilitychange", () => void tick());

  function warn(): void {
    const minutes = Math.round((LOCK - WARN) / 60_000);
    const { dialog, answer } = ask(
      ja ? "まもなく画面を閉じます" : "This screen is about to be locked",
      ja ? `しばらく操作がありません。あと${minutes}分で画面をおおい、もう一度サインインをお願いします。書きかけの内容は残ります。` : `Nothing has happened for a while. In ${minutes} minutes the page covers itself and asks you to sign in again. What you have typed is kept.`,
      [{ text: ja ? "続けて使う" : "Keep working", className: "btn" }],
    );
    warning = dialog;
    void answer.then(() => { warning = undefined; if (!locked) void stay(); });
  }

  async function stay(): Promise<void> {
    touched = active = Date.now();
    try {
      const answer = await fetch(new URL(document.body.dataset.keepalive ?? "home", base), { cache: "no-store", credentials: "same-origin" });
      if (answer.redirected && answer.url.includes("sign-in")) return lock();
      if (answer.ok) note(touched);
    } catch {
      // No line at the moment: the clock goes on.
    }
  }

  function lock(): void {
    locked = true;
    warning?.close();
    keepNow();
    document.body.classList.add("locked");
    const { dialog, answer } = ask(
      ja ? "画面を閉じました" : "The screen is locked",
      ja ? "15分のあいだ操作がなかったため、表示をおおいました。同じ方がサインインすると、書きかけの内容から続けられます。" : "Nothing happened for 15 minutes, so the page is covered. Sign in again as the same person to go on with what you typed.",
      [{ text: ja ? "サインインする" : "Sign in", className: "btn" }],
    );
    dialog.classList.add("lock");
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    void answer.then(() => {
      const target = new URL("sign-in", base);
      target.searchParams.set("next", location.pathname + location.search);
      location.assign(target);
    });
  }
}

function note(time: number): void {
  try {
    localStorage.setItem(CLOCK, String(time));
  } catch {
    // Without shared storage each tab keeps its own time.
  }
}
