// A municipality answers a survey: what is typed is saved on the way and is there after a reload; the same by button without scripts.
import { open, signIn } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { check } from "./report.mjs";

/** Opens the first survey that waits for an answer; null when none does. */
export async function openAnswer(page) {
  await open(page, "/surveys/rounds");
  const link = page.locator('main a[href*="/surveys/replies/"]').first();
  if ((await link.count()) === 0) return null;
  const path = new URL(await link.evaluate((one) => one.href)).pathname;
  await open(page, path);
  return path;
}

/** Types into the first question; with scripts it is saved by itself, without them by the button. */
export async function answerSurvey(person, where, javaScript = true) {
  const { page } = person;
  const path = await openAnswer(page);
  check(where, "a survey waits for this municipality", path ? "" : "none in the list");
  const field = page.locator("form.answer textarea").first();
  if (!path || (await field.count()) === 0) return;
  const old = await field.inputValue();
  const text = `たしかめの文 ${javaScript ? "自動" : "ボタン"}`;
  await field.fill(text);
  if (javaScript) {
    await page.waitForFunction(() => /\d+:\d\d/.test(document.querySelector("[data-saved]")?.textContent ?? ""), undefined, { timeout: 15_000 }).catch(() => undefined);
    check(where, "says that it was saved", /\d+:\d\d/.test(await page.locator("[data-saved]").innerText()) ? "" : "nothing said");
    await checkAxe(page, `${where} saved`);
  } else {
    await page.locator("form.answer > .actions button").first().click();
    await page.waitForLoadState();
  }
  await open(page, path);
  check(where, "is there after a reload", (await page.locator("form.answer textarea").first().inputValue()) === text ? "" : "another text");
  check(where, "no draft is restored over what was saved", (await page.locator(".draft").count()) === 0 ? "" : "a draft is announced");
  await page.locator("form.answer textarea").first().fill(old);
  await page.locator("form.answer > .actions button").first().click();
  await page.waitForLoadState();
}

/** A session ends while somebody types: the text is there again for the same account in this tab, and for nobody else. */
export async function sessionEnds(person, where, member, colleague) {
  const { page, context } = person;
  await signIn(page, member);
  const path = await openAnswer(page);
  const field = page.locator("form.answer textarea").first();
  if (!path || (await field.count()) === 0) return;
  const before = await field.inputValue();
  await context.clearCookies();
  await field.fill("書きかけの文、まだ保存されていない");
  await page.waitForTimeout(3500);
  await signIn(page, colleague);
  await open(page, path);
  check(where, "another account does not find it", (await field.inputValue()) === before ? "" : "the text is there");
  await context.clearCookies();
  await signIn(page, member);
  await open(page, path);
  check(where, "the same account finds it again", (await field.inputValue()) === "書きかけの文、まだ保存されていない" ? "" : await field.inputValue());
  await page.locator(".draft button").click();
  check(where, "it can be dropped", (await field.inputValue()) === before ? "" : await field.inputValue());
}
