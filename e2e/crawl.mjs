// Walks every page that a person can reach by links, so that none is forgotten.
import { at, base, open, speak } from "./browser.mjs";
import { checkPage } from "./checks.mjs";
import { check } from "./report.mjs";

const FILES = /\.(json|geojson|jsonld|csv|xlsx|docx|pdf|ics|txt|zip|svg)$|\/api\/v1\//;
const NEVER = /\/(sign-out|lang|display|live|assets|healthz|metrics)(\/|$)/;
const DEPTH = 3;
const VARIANTS = 6; // of one page under different questions
const RECORDS = 2; // of one kind of page under different ids

/** The kind of page behind an address: without its ids and its question. */
export const shape = (path) => path.replace(/\?.*/, "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{3,}/g, ":id");

/** Crawls from the given paths, except those to skip; returns what it found: pages with their forms, and files. */
export async function crawl(person, who, lang, starts, skip = new Set()) {
  const { page } = person;
  const prefix = new URL(`${base}/`).pathname.replace(/\/$/, "");
  const waiting = starts.map((path) => ({ path, depth: 0 }));
  const seen = new Set(starts);
  const shapes = new Map();
  const variants = new Map();
  const found = { pages: [], files: new Set() };

  while (waiting.length) {
    const { path, depth } = waiting.shift();
    const where = `${who} ${lang} ${path}`;
    const { status, type } = await open(page, path);
    if (status === 200 && type.includes("html") && (await page.locator("html").getAttribute("lang")) !== lang) {
      await speak(page, lang);
      await open(page, path);
    }
    await checkPage(person, where, { status, lang, type });
    if (!type.includes("html")) continue;
    const sight = await page.evaluate(() => ({
      links: [...document.querySelectorAll("a[href]")].map((link) => ({ href: link.href, download: link.hasAttribute("download") })),
      contact: Boolean(document.querySelector('main form[method="post"] [name="phone"]')),
      kept: Boolean(document.querySelector("main form[data-keep] :is(textarea, input[type=text], input[type=tel])")),
      a3: Boolean(document.querySelector("main.a3")),
    }));
    found.pages.push({ path, ...sight, links: undefined });
    if (depth === DEPTH) continue;
    for (const { href, download } of sight.links) {
      const url = new URL(href);
      if (url.origin !== new URL(base).origin || !url.pathname.startsWith(prefix) || NEVER.test(url.pathname)) continue;
      const next = url.pathname.slice(prefix.length) + url.search || "/";
      if (seen.has(next) || skip.has(next)) continue;
      seen.add(next);
      if (download || FILES.test(url.pathname)) {
        found.files.add(next);
        continue;
      }
      const bare = url.pathname;
      const records = shapes.get(shape(bare)) ?? new Set();
      if (!records.has(bare) && records.size >= RECORDS) continue;
      shapes.set(shape(bare), records.add(bare));
      const times = variants.get(bare) ?? 0;
      if (times >= VARIANTS) continue;
      variants.set(bare, times + 1);
      waiting.push({ path: next, depth: depth + 1 });
    }
  }
  for (const file of found.files) {
    const answer = await person.context.request.get(at(file));
    const size = (await answer.body()).length;
    check(`${who} ${lang} ${file}`, "is a file with something in it", answer.status() === 200 && size > 0 ? "" : `status ${answer.status()}, ${size} bytes`);
  }
  return found;
}
