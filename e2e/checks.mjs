// What every page must keep, whoever looks at it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check } from "./report.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const checked = new Set(); // builds of pages, under axe
const visited = new Set(); // the same page with the same build, at all widths

/** Facts about the open page, read in one go. `skeleton` tells pages of the same build apart from new ones. */
const facts = () => {
  const shown = (part) => part.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && part.getClientRects().length > 0;
  const name = (part) => `${part.tagName.toLowerCase()}.${[...part.classList].join(".")} “${(part.textContent ?? part.value ?? "").trim().slice(0, 20)}”`;
  const small = [];
  for (const part of document.querySelectorAll("button, .btn, .chip, summary, nav.main a, .tools a, .pager a, .tabs a, a.tel, input:not([type=hidden]), select, textarea")) {
    if (!shown(part) || part.closest(".visually-hidden")) continue;
    const choice = part.matches("[type=radio], [type=checkbox]") ? part.closest(".choice, label") ?? part : part;
    const box = choice.getBoundingClientRect();
    if (Math.round(box.height) < 44 || Math.round(box.width) < 24) small.push(`${name(part)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  const skeleton = new Set();
  for (const part of document.body.querySelectorAll("*")) skeleton.add(`${part.parentElement?.tagName}>${part.tagName}.${part.className?.baseVal ?? part.className}.${part.getAttribute("role") ?? ""}`);
  const ids = [...document.querySelectorAll("[id]")].map((part) => part.id);
  return {
    h1: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    lang: document.documentElement.lang,
    main: document.querySelectorAll("main").length,
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
    wide: [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !part.closest(".scroll, .visually-hidden, pre")).slice(0, 3).map(name),
    inline: document.querySelectorAll("[style], style, script:not([src])").length,
    double: ids.filter((id, at) => ids.indexOf(id) !== at).slice(0, 3),
    missing: (document.querySelector("main")?.innerText.match(/\{\s*\$?\w+\s*\}|Unknown localization|undefined|\bNaN\b/) ?? [""])[0],
    small,
    skeleton: [...skeleton].sort().join(" "),
  };
};

/** Checks the open page at both widths. axe runs once for each build of a page, width and language. */
export async function checkPage(person, where, { status = 200, expected = 200, lang = "ja", type = "text/html" } = {}) {
  const { page } = person;
  check(where, `answers ${expected}`, status === expected ? "" : `status ${status}`);
  if (!type.includes("html")) return;
  await page.setViewportSize({ width: 1280, height: 900 });
  const wide = await page.evaluate(facts);
  check(where, "one h1", wide.h1 === 1 ? "" : `${wide.h1}`);
  check(where, "one main", wide.main === 1 ? "" : `${wide.main}`);
  check(where, "a title", wide.title.length > 3 ? "" : `“${wide.title}”`);
  check(where, "its language", wide.lang === lang ? "" : `“${wide.lang}” instead of “${lang}”`);
  check(where, "no inline style or script", wide.inline === 0 ? "" : `${wide.inline} found`);
  check(where, "each id once", wide.double.join(", "));
  check(where, "texts complete", wide.missing);
  const path = where.replace(/^.*?(?=\/)/, "");
  const exact = `${lang} ${path} ${wide.skeleton}`;
  const widths = visited.has(exact) ? [1280] : [1280, 390];
  visited.add(exact);
  const build = `${lang} ${path.replace(/[0-9a-f-]{36}|\d{3,}/g, ":id").replace(/\?.*/, "")} ${wide.skeleton}`;
  const fresh = !checked.has(build);
  checked.add(build);
  if (fresh) widths.splice(1, 0, 640); // 1280 at 200 % zoom
  for (const width of widths) {
    if (width !== 1280) await page.setViewportSize({ width, height: 900 });
    const seen = width === 1280 ? wide : await page.evaluate(facts);
    check(`${where} at ${width} px`, "nothing beyond the edge", seen.scroll <= seen.client ? "" : `${seen.scroll} > ${seen.client} ${seen.wide.join(", ")}`);
    check(`${where} at ${width} px`, "targets large enough", seen.small.slice(0, 4).join(", "));
    if (fresh && width !== 640) await checkAxe(page, `${where} at ${width} px`);
  }
  check(where, "no errors in the console, no foreign host", person.takeTroubles().slice(0, 3).join(" | "));
}

export async function checkAxe(page, where) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
    return result.violations.map((rule) => `${rule.id} (${rule.nodes.length}×) ${rule.nodes.slice(0, 2).map((node) => node.html.slice(0, 110)).join(" ; ")} ${rule.nodes[0]?.any[0]?.message ?? ""}`);
  });
  check(where, "axe finds nothing", found.join(" | "));
}

export const buildsChecked = () => checked.size;
