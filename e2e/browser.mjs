// The one browser of a run, and what every page of it is listened to for.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

export const base = new URL(process.env.BASE_URL ?? process.argv[2] ?? "http://127.0.0.1:8080").href.replace(/\/$/, "");
export const at = (path) => base + path;

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not here
      }
    }
  }
  throw new Error("No Chromium found: install the package chromium, or name the program in CHROMIUM");
}

export const launch = () => chromium.launch({
  executablePath: executable(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});

/** A person's empty browser. `troubles` collects what a page must never do: console errors, failed requests, foreign hosts. */
export async function visitor(browser, { width = 1280, javaScript = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: javaScript, locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const troubles = [];
  const expected = new Set(); // addresses whose error status is part of the test
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    if (/Failed to load resource/.test(message.text()) && expected.has(message.location().url)) return;
    troubles.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(`${base}/`) && url !== base) troubles.push(`foreign host: ${url}`);
  });
  return { context, page, expect: (url) => expected.add(url), takeTroubles: () => troubles.splice(0) };
}

/** Opens a path; waits and repeats when the server says it is busy. */
export async function open(page, path) {
  for (let attempt = 0; ; attempt += 1) {
    const response = await page.goto(at(path), { waitUntil: "load" });
    const status = response?.status() ?? 0;
    if (![429, 503].includes(status) || attempt === 3) return { status, type: response?.headers()["content-type"] ?? "" };
    const wait = Number(response?.headers()["retry-after"] ?? 1);
    await new Promise((done) => setTimeout(done, Math.min(5, wait) * 1000));
  }
}

/** Signs in as one member of the cast by the one button. */
export async function signIn(page, member) {
  await open(page, "/sign-in");
  const button = page.locator(`form[data-cast="${member}"] button`);
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith("/sign-in")), button.click()]);
}

/** Switches the language with the switch of the header, as a person does. Nothing to do when it is on already. */
export async function speak(page, lang) {
  if ((await page.locator("html").getAttribute("lang")) === lang) return;
  const path = new URL(page.url()).pathname;
  const box = page.locator("header.top .tools:visible").first();
  if ((await box.count()) === 0) await page.locator("header.top details.menu > summary").click();
  const choice = page.locator(`header.top .tools:visible :is(a, button):is([lang="${lang}"], [hreflang="${lang}"])`).first();
  await Promise.all([page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() < 300), choice.click()]);
  await page.waitForLoadState();
  const now = await page.locator("html").getAttribute("lang");
  if (now !== lang) throw new Error(`the language switch on ${path} leads to ${now}, not ${lang}`);
}
