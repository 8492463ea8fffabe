// A stretch of an answer chosen with the keyboard alone, what a screen reader is told meanwhile, and the same without scripts.
import { at, open, signIn, visitor } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { check } from "./report.mjs";

const PAGE = "/surveys/2024-renkei/answers/143821/2-2/entries";
const WORDS = "町内に総合病院がない";

/** Moves, extends by letter, word and sentence, and takes the stretch; `member` may write for a municipality. */
export async function chooseRange(browser, where, member) {
  const person = await visitor(browser, {});
  const { page } = person;
  await signIn(page, member);
  await open(page, PAGE);
  const said = page.locator("[data-range-said]");
  check(where, "is announced", (await said.getAttribute("aria-live")) === "polite" ? "" : "no live region");
  const paragraph = page.locator('[data-paragraph="1"]');
  await paragraph.focus();
  const help = await paragraph.getAttribute("aria-describedby");
  check(where, "the paragraph says how", help && (await page.locator(`#${help}`).count()) === 1 ? "" : "no description");
  const length = async () => [...(await page.evaluate(() => getSelection().toString()))].length;
  await page.keyboard.press("Shift+ArrowRight");
  check(where, "extends by a letter", (await length()) === 1 ? "" : `${await length()} letters`);
  await page.keyboard.press("Shift+Control+ArrowRight");
  const word = await length();
  check(where, "extends by a word", word > 1 && word < 8 ? "" : `${word} letters`);
  await page.keyboard.press("Shift+Alt+ArrowRight");
  const sentence = await page.evaluate(() => getSelection().toString());
  check(where, "extends by a sentence", sentence.startsWith(WORDS) && sentence.endsWith("。") ? "" : sentence);
  await page.waitForFunction((text) => document.querySelector("[data-range-said]").textContent.includes(text), WORDS);
  await Promise.all([page.waitForURL(/[?&]p=1&s=0&e=\d+/), page.keyboard.press("Enter")]);
  const quote = await page.locator("#chosen blockquote").first().textContent();
  check(where, "the quote is what was selected", quote === sentence ? "" : `${quote} instead of ${sentence}`);
  await checkAxe(page, where);
  await person.context.close();
}

/** First and last words, and a letter more, without scripts. */
export async function chooseWithoutScripts(browser, where, member) {
  const person = await visitor(browser, { width: 390, javaScript: false });
  const { page } = person;
  await signIn(page, member);
  await open(page, `${PAGE}?from=${encodeURIComponent("観光地")}&to=${encodeURIComponent("負担が大きい")}`);
  const quote = () => page.locator("#chosen blockquote").first().textContent();
  const before = await quote();
  check(where, "words find the stretch", before.startsWith("観光地") && before.endsWith("大きい") ? "" : before);
  await page.locator("#chosen a.chip").last().click();
  check(where, "the end moves by a letter", (await quote()) === `${before}。` ? "" : await quote());
  check(where, "the form is there", (await page.locator(`form[action$="${new URL(at(PAGE)).pathname}"] [name=title]`).count()) === 1 ? "" : "no form");
  await person.context.close();
}
