import { assets } from "./dom";

declare const FONTS_CSS: string;

/**
 * Text is complete in the device's own font from the first paint and never jumps: the first page only fetches the
 * slices its text needs into the browser's cache, the following pages use them from the start (the server then links the
 * style sheet in the head, told by the cookie). Nothing is fetched with Save-Data, nor where the font is installed.
 */
export function fonts(): void {
  if (document.querySelector('link[href*="/fonts."]')) return;
  const saveData = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saveData || matchMedia("(prefers-reduced-data: reduce)").matches || installed()) return;
  const url = new URL(FONTS_CSS, assets);
  if (/(^|; )fonts=1/.test(document.cookie)) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url.href;
    document.head.append(link);
    return;
  }
  const begin = () => setTimeout(() => void warm(url), 300);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}

/** The family's own name is first in the font list: where it is installed there is nothing to fetch. */
function installed(): boolean {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return false;
  const width = (font: string) => { context.font = `32px ${font}`; return context.measureText("連携ふるさとのWM").width; };
  return width('"BIZ UDPGothic", monospace') !== width("monospace") && width('"BIZ UDPGothic", serif') !== width("serif");
}

async function warm(url: URL): Promise<void> {
  try {
    const css = await (await fetch(url, { priority: "low" } as RequestInit)).text();
    const used = new Set([...(document.body.textContent ?? "")].map((letter) => letter.codePointAt(0) ?? 0));
    const bold = new Set([...document.querySelectorAll("h1, h2, h3, h4, th, label, legend, .btn, .badge, .tel")].flatMap((part) => [...(part.textContent ?? "")].map((letter) => letter.codePointAt(0) ?? 0)));
    const phone = !matchMedia("(min-width: 45em)").matches;
    for (const [, weight, source, ranges] of css.matchAll(/font-weight:(\d+);.*?url\(["']?([^"')]+)["']?\).*?unicode-range:([^;}]+)/g)) {
      const letters = weight === "700" ? bold : phone ? new Set<number>() : used;
      if (letters.size && inRanges(letters, ranges ?? "")) await (await fetch(new URL(source ?? "", url), { priority: "low" } as RequestInit)).arrayBuffer();
    }
    document.cookie = `fonts=1; path=${new URL("..", assets).pathname}; max-age=2592000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  } catch {
    // Without the font the page is complete as it is.
  }
}

function inRanges(letters: Set<number>, ranges: string): boolean {
  for (const range of ranges.split(",")) {
    const [from = "", to = from] = range.trim().replace(/^U\+/i, "").split("-");
    const [low, high] = [parseInt(from.replaceAll("?", "0"), 16), parseInt(to.replaceAll("?", "f"), 16)];
    for (const letter of letters) if (letter >= low && letter <= high) return true;
  }
  return false;
}
