// A call is taken by keyboard only, with a stop-watch of steps: what is not free text must fit in twenty-five keys.
import { open } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { check } from "./report.mjs";

const MOST_KEYS = 25;

/** Takes a call of two minutes from the first key to the saved record; `keys` counts presses, text between them is free. */
export async function takeCall(person, where) {
  const { page } = person;
  await open(page, "/consultations/new");
  await checkAxe(page, `${where} empty`);
  let keys = 0;
  const press = async (key) => { keys += 1; await page.keyboard.press(key); };
  const type = (text) => page.keyboard.insertText(text);
  const focused = (name) => page.evaluate((wanted) => (document.activeElement?.getAttribute("name") ?? document.activeElement?.className) === wanted, name);
  const stands = async (name) => check(where, `stands in ${name}`, (await focused(name)) ? "" : await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? "nowhere"));

  // From the first row, whatever the last call of the day left there.
  await page.evaluate(() => document.querySelector("#municipality input")?.focus());
  await stands("municipality");
  await press("5");
  await stands("caller");
  await press("1");
  await stands("caller_office");
  await type("相模西丘病院（架空）");
  await press("Enter");
  await press("Enter");
  await stands("category");
  await press("2");
  await press("Enter");
  await stands("asked");
  await type("退院する方に、夜間も来てくれる訪問看護はあるか。");
  await press("Tab");
  await stands("answer");
  await type("二か所を案内した。");
  await page.waitForFunction(() => /\d+:\d\d/.test(document.querySelector("[data-saved]")?.textContent ?? ""), undefined, { timeout: 10_000 }).catch(() => undefined);
  check(where, "the draft is kept as typed", /\d+:\d\d/.test(await page.locator("[data-saved]").innerText()) ? "" : "nothing said");
  // The directory in two keys: F2 looks, a number names.
  await press("F2");
  await page.waitForFunction(() => document.activeElement?.closest("[data-beside]") !== null, undefined, { timeout: 10_000 }).catch(() => undefined);
  const found = await page.locator("[data-beside] button[data-key]").count();
  check(where, "the directory answers", found > 0 ? "" : await page.locator("[data-beside]").innerText());
  await press("1");
  await page.locator("[data-beside] button[name=unrefer]").first().waitFor({ timeout: 10_000 }).catch(() => undefined);
  check(where, "one provider is named", (await page.locator("[data-beside] button[name=unrefer]").count()) === 1 ? "" : "not in the list");
  await checkAxe(page, `${where} named`);
  await press("Escape");
  await stands("answer");
  await press("Tab");
  await press("Enter");
  await press("Enter");
  await stands("age");
  await press("4");
  await stands("care_level");
  await press("7");
  await stands("treatment");
  await press("1");
  await press("Enter");
  await press("2");
  await stands("response");
  await press("2");
  await press("Enter");
  await press("2");
  await press("1");
  await Promise.all([page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/), press("Control+Enter")]);
  check(where, `at most ${MOST_KEYS} keys`, keys <= MOST_KEYS ? "" : `${keys} keys`);
  const text = await page.locator("main").innerText();
  check(where, "is saved and closed", /完了|Closed/.test(text) && text.includes("夜間も来てくれる") ? "" : text.slice(0, 200));
  await checkAxe(page, `${where} record`);
  return keys;
}

/** The same form with its buttons alone. */
export async function takeCallWithoutScripts(person, where) {
  const { page } = person;
  await open(page, "/consultations/new");
  await page.locator("input[name=municipality]").nth(1).check({ force: true });
  await page.locator("input[name=caller]").nth(12).check({ force: true });
  await page.locator("input[name=category]").nth(0).check({ force: true });
  await page.locator("textarea[name=asked]").fill("往診してくれる医師を探している。");
  await page.locator("button[name=look]").click();
  await page.waitForLoadState();
  check(where, "looking keeps what was typed", (await page.locator("textarea[name=asked]").inputValue()).includes("往診") ? "" : "lost");
  await page.locator("button[data-save]").click();
  await page.waitForLoadState();
  check(where, "is saved", /\/consultations\/[0-9a-f-]{36}$/.test(page.url()) ? "" : page.url());
}
