// Pictures for the documentation, taken from the running application.
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { open, signIn, visitor } from "./browser.mjs";
import { SURVEY } from "./flows.mjs";
import { check } from "./report.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "docs", "images");
const LIMIT = 250_000;

export async function takePictures(browser, member, contactPath) {
  await mkdir(folder, { recursive: true });
  const person = await visitor(browser);
  const { page, context } = person;
  const take = async (name, path, width = 1280, height = 900) => {
    await page.setViewportSize({ width, height });
    await open(page, path);
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(700);
    const file = join(folder, `${name}.png`);
    await page.screenshot({ path: file, animations: "disabled" });
    const { size } = await stat(file);
    check(`picture ${name}`, "is small enough", size < LIMIT ? "" : `${size} bytes`);
  };
  // Twice: the first visit fetches the font, the second shows it.
  for (const path of ["/", SURVEY, "/sign-in", "/"]) {
    await open(page, path);
    await page.waitForTimeout(1500);
  }
  const town = await page.locator('main form input[type="radio"]').evaluateAll((all) => {
    const names = [...new Set(all.map((one) => one.name))];
    return names.map((name) => `${name}=${encodeURIComponent(all.find((one) => one.name === name).value)}`).join("&");
  });
  await take("home", `/?${town}`);
  await take("home-phone", `/?${town}`, 390, 844);
  await take("survey-grouped", `${SURVEY}?view=grouped`);
  await take("survey-table", `${SURVEY}?view=table`, 1280, 760);
  await take("survey-phone", `${SURVEY}?view=grouped`, 390, 844);
  await take("directory-map", `/directory?view=map&q=${encodeURIComponent("訪問看護")}`);
  await take("directory-phone", `/directory?q=${encodeURIComponent("小規模多機能 箱根")}`, 390, 844);
  await take("sign-in", "/sign-in");
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, member);
  await take("work", "/home");
  if (contactPath) await take("contact-form", contactPath);
  await context.close();
}
