import { base } from "./dom";

/**
 * [data-live="kind"] with an id is fetched anew when something of that kind has changed. The stream says only "X changed";
 * the fragment comes through the page's ordinary address (or data-src), so access is decided again. One stream a browser: the tab
 * that holds the lock listens and tells the others.
 */
export function live(): void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-live][id]")];
  if (parts.length === 0 || !("EventSource" in window)) return;
  const channel = new BroadcastChannel("renkei.live");
  const timers = new Map<string, number>();
  channel.onmessage = (message) => changed(String(message.data));

  const listen = () => new Promise<void>((closed) => {
    const stream = new EventSource(new URL("live", base));
    const hear = (event: MessageEvent) => {
      const kind = kindOf(event);
      if (!kind) return;
      channel.postMessage(kind);
      changed(kind);
    };
    stream.onmessage = hear;
    stream.addEventListener("changed", hear as EventListener);
    stream.addEventListener("end", () => { stream.close(); closed(); });
    stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) closed(); };
  });
  if (navigator.locks) void navigator.locks.request("renkei.live", listen);
  else void listen();

  function changed(kind: string): void {
    for (const part of parts) {
      const wanted = (part.dataset.live ?? "").split(" ");
      if (!wanted.includes(kind) && !wanted.includes("*")) continue;
      clearTimeout(timers.get(part.id));
      timers.set(part.id, window.setTimeout(() => void renew(part), 150));
    }
  }
}

function kindOf(event: MessageEvent): string {
  const text = String(event.data);
  try {
    return String((JSON.parse(text) as { kind?: string }).kind ?? "");
  } catch {
    return text.trim();
  }
}

async function renew(part: HTMLElement): Promise<void> {
  if (part.contains(document.activeElement)) return; // never under somebody's hands
  const answer = await fetch(part.dataset.src ?? location.href, { headers: { "X-Background": "1" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (fresh) part.replaceChildren(...fresh.childNodes);
}
