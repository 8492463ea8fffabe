// The one search box: by keyboard from the box to a hit, narrowed by a kind, and a word that nobody wrote.
import { open } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { check } from "./report.mjs";

/** Types a word into the box of a page, reads the hits, narrows them, and opens the first. */
export async function findRecords(person, where, start) {
  const { page } = person;
  await open(page, start);
  const box = page.locator('main form[role="search"] input[name="q"]').first();
  await box.focus();
  await box.fill("研修");
  await Promise.all([page.waitForURL(/\/search\?q=/), page.keyboard.press("Enter")]);
  const hits = await page.locator("ol.found > li").count();
  check(where, "finds what is there", hits > 0 ? "" : "no hit for 研修");
  await checkAxe(page, `${where} hits`);
  const total = async () => Number((await page.locator('main p[role="status"]').innerText()).replace(/\D/g, ""));
  const all = await total();
  const chip = page.locator(".chips").first().locator("a").nth(1);
  const said = Number((await chip.innerText()).replace(/^.*\s/, ""));
  await chip.click();
  await page.waitForURL(/what=/);
  check(where, "a kind holds as many as its number says", (await total()) === said && said <= all ? "" : `${await total()} against ${said} of ${all}`);
  const first = page.locator("ol.found h2 a").first();
  const href = await first.getAttribute("href");
  await first.focus();
  await Promise.all([page.waitForURL((url) => url.pathname + url.search === href || url.pathname === href.split("?")[0]), page.keyboard.press("Enter")]);
  check(where, "a hit leads to its record", (await page.locator("h1").count()) === 1 ? "" : page.url());
  await open(page, "/search?q=zzzzqqqq");
  check(where, "says kindly that nothing was found", (await total()) === 0 && (await page.locator("ol.found").count()) === 0 ? "" : "something was found");
  await checkAxe(page, `${where} nothing`);
}
