// Finding providers: list and map say the same, and the map by keyboard alone.
import { at, open } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { checkPaper } from "./paper.mjs";
import { check } from "./report.mjs";

/** The first answer on a phone is light: page, styles, scripts and pictures, the device's own letters, no map. */
async function firstView(browser, where) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "ja-JP" });
  const page = await context.newPage();
  const finished = [];
  page.on("requestfinished", (request) => finished.push(request));
  await page.goto(at(`/directory?q=${encodeURIComponent("訪問診療 湯河原")}`), { waitUntil: "networkidle" });
  let sum = 0;
  for (const request of finished) {
    if (["document", "stylesheet", "script", "image"].includes(request.resourceType())) sum += (await request.sizes()).responseBodySize;
  }
  check(where, "weighs at most 200 kB on a phone", sum > 5_000 && sum <= 200_000 ? "" : `${sum} bytes`);
  await context.close();
}

/** A resident types a word, reads the list, and goes through the map without a mouse. */
export async function findOnMap(person, where) {
  const { page } = person;
  await firstView(person.context.browser(), `${where} first view`);
  await open(page, "/directory");
  await checkAxe(page, `${where} entrance`);
  if ((await page.locator(".families li").count()) === 0) {
    check(where, "has providers to find", "the directory is empty");
    return;
  }
  const first = page.locator(".families a").first();
  const list = await first.getAttribute("href");
  await open(page, list.replace(/^.*\/directory/, "/directory"));
  const names = await page.locator(".place h3 a").allInnerTexts();
  check(where, "lists what was asked for", names.length > 0 ? "" : "nothing listed");
  await checkAxe(page, `${where} list`);
  await open(page, `${list.replace(/^.*\/directory/, "/directory")}&view=map`);
  const same = await page.locator(".place h3 a").allInnerTexts();
  check(where, "the map lists the same", JSON.stringify(same) === JSON.stringify(names) ? "" : `${same.length} against ${names.length}`);
  const pins = page.locator(".area-map a.pin");
  check(where, "the drawing has a pin for each with a place", (await pins.count()) > 0 && (await pins.count()) <= names.length ? "" : `${await pins.count()} pins`);
  const moving = await page.waitForSelector("[data-ready]", { timeout: 20_000 }).then(() => true, () => false);
  await checkAxe(page, `${where} map`);
  if (moving) {
    const drawn = await page.waitForSelector('[data-drawn]:not([data-drawn="0"])', { timeout: 20_000 }).then(() => true, () => false);
    check(where, "the moving map shows its pins", drawn ? "" : "no pin or cluster is drawn");
    const button = page.locator(".to-pin").first();
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".maplibregl-popup-content a");
    check(where, "the keyboard opens a pin", (await page.locator(".place.chosen").count()) === 1 ? "" : "no entry is marked");
  } else {
    await pins.first().focus();
    await page.keyboard.press("Enter");
    check(where, "the keyboard leads from pin to entry", /#p\d+$/.test(page.url()) ? "" : page.url());
  }
  await checkPaper(page, `${where} map`, "A4");
  await open(page, "/directory/towns/143847");
  await checkAxe(page, `${where} town`);
}
