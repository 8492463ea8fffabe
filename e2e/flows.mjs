// What people do: choose, read, compare, print, fill in with the keyboard alone.
import { at, open, signIn, visitor } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { checkPaper } from "./paper.mjs";
import { check } from "./report.mjs";

export const SURVEY = "/surveys/2024-renkei";

/** A resident chooses where she lives and who she is, and sees whom to call. The same without scripts. */
export async function chooseTown(person, where) {
  const { page } = person;
  await open(page, "/");
  const form = page.locator("main form:has(input[type=radio])").first();
  const names = await form.locator("input[type=radio]").evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  check(where, "asks where and who", names.length >= 2 ? "" : `asks only ${names.join(", ")}`);
  for (const name of names) {
    const last = form.locator(`input[type=radio][name="${name}"]`).last();
    await last.check();
  }
  const button = form.locator("button:visible").first();
  await Promise.all([page.waitForURL((url) => names.every((name) => url.searchParams.has(name))), button.click()]);
  await page.waitForLoadState();
  const card = page.locator(".card.call").first();
  check(where, "shows whom to call", (await card.count()) === 1 ? "" : "no contact card");
  const text = await card.innerText();
  const spoken = (await card.locator("a.tel, .unknown").count()) > 0;
  check(where, "says number or that it is not known", spoken || /\d{2,4}-\d{2,4}-\d{3,4}|119|#7119|未確認|[Nn]ot (yet )?(verified|known|confirmed)/.test(text) ? "" : text.slice(0, 80));
}

/** The survey in its three views, filtered by question, as files and on A3. */
export async function readSurvey(person, where) {
  const { page } = person;
  await open(page, "/surveys");
  const link = page.locator(`main a[href$="${SURVEY}"]`).first();
  check(where, "the list leads to the survey", (await link.count()) > 0 ? "" : "no link");
  for (const view of ["grouped", "table", "municipality"]) {
    const { status } = await open(page, `${SURVEY}?view=${view}`);
    const text = await page.locator("main").innerText();
    check(`${where} ${view}`, "shows answers of the towns", status === 200 && text.includes("箱根町") && text.includes("開成町") ? "" : `status ${status}`);
  }
  await open(page, `${SURVEY}?view=grouped`);
  const questions = await page.locator('main a[href*="q="]').evaluateAll((all) => [...new Set(all.map((one) => new URL(one.href).searchParams.get("q")).filter(Boolean))]);
  check(where, "four questions to filter by", questions.length >= 4 ? "" : `only ${questions.length}`);
  for (const question of questions) {
    const { status } = await open(page, `${SURVEY}?q=${encodeURIComponent(question)}&view=grouped`);
    check(`${where} question ${question}`, "answers", status === 200 ? "" : `status ${status}`);
  }
  await open(page, `${SURVEY}?view=table`);
  check(where, "the table is made for A3", (await page.locator("main.a3").count()) === 1 ? "" : "no main.a3");
  await checkPaper(page, `${where} table`, "A3 landscape");
  await open(page, "/");
  await checkPaper(page, `${where} home`, "A4");
  const json = await person.context.request.get(at(`${SURVEY}.json`));
  const data = json.ok() ? await json.json() : {};
  check(where, "JSON has 4 questions and 10 responses", data.questions?.length === 4 && data.responses?.length === 10 ? "" : `status ${json.status()}, ${data.questions?.length} and ${data.responses?.length}`);
  const unknown = at("/no-such-page");
  person.expect(unknown);
  return unknown;
}

/** A form with a telephone number, filled in by keyboard only: an error keeps what was typed, then it is saved. */
export async function saveByKeyboard(person, where, path, javaScript = true) {
  const { page } = person;
  await open(page, path);
  const form = page.locator('main form[method="post"]:has([name="phone"])').first();
  const old = await form.locator('[name="phone"]').inputValue();
  const other = form.locator('textarea:visible, input[type="text"]:visible').last();
  const otherName = (await other.count()) ? await other.getAttribute("name") : null;
  const note = otherName ? await other.inputValue() : "";
  const target = new URL((await form.getAttribute("action")) || path, page.url()).href;
  person.expect(target);

  await tabTo(page, "phone");
  await replaceText(page, "電話ではない");
  if (otherName) {
    await tabTo(page, otherName);
    await replaceText(page, `${note}（たしかめ）`);
  }
  await pressSubmit(page, form);
  check(where, "says what is wrong", (await page.locator("main .errors, main .field.bad .error").count()) > 0 ? "" : "no error shown");
  const again = page.locator('main form[method="post"]:has([name="phone"])').first();
  check(where, "keeps the wrong text", (await again.locator('[name="phone"]').inputValue()) === "電話ではない" ? "" : "it is gone");
  if (otherName) check(where, "keeps the rest", (await again.locator(`[name="${otherName}"]`).inputValue()) === `${note}（たしかめ）` ? "" : "it is gone");
  if (javaScript) await checkAxe(page, `${where} with errors`);

  await tabTo(page, "phone");
  await replaceText(page, old || "0465-00-0000");
  if (otherName) {
    await tabTo(page, otherName);
    await replaceText(page, note);
  }
  const status = await pressSubmit(page, again);
  check(where, "is saved", status === 303 ? "" : `status ${status}: ${(await page.locator("main .errors").allInnerTexts()).join(" ")}`);
  check(where, "says so", (await page.locator("main [role=status], main .notice").count()) > 0 ? "" : "no notice");
}

/** Tab until the named field has the focus, and see that the focus can be seen. */
async function tabTo(page, name) {
  await page.evaluate(() => document.activeElement?.blur());
  for (let times = 0; times < 120; times += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => ({ name: document.activeElement?.getAttribute("name"), ring: getComputedStyle(document.activeElement ?? document.body).outlineStyle }));
    if (here.name !== name) continue;
    if (here.ring === "none") throw new Error(`the focus on ${name} cannot be seen`);
    return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

async function replaceText(page, text) {
  await page.keyboard.press("Control+A");
  if (text) await page.keyboard.insertText(text);
  else await page.keyboard.press("Delete");
}

/** Presses the form's button with the keyboard and waits for the page that answers; gives the status of the POST. */
async function pressSubmit(page, form) {
  await form.locator('button[type="submit"]:visible, button:not([type]):visible').first().focus();
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === "POST" && one.request().isNavigationRequest()),
    page.waitForEvent("load"),
    page.keyboard.press("Enter"),
  ]);
  return answer.status();
}

/** What is typed and not sent survives the page. */
export async function draftSurvives(person, where, path) {
  const { page } = person;
  await open(page, path);
  const field = page.locator('main form[data-keep] :is(textarea, input[type="text"], input[type="tel"]):visible').first();
  const before = await field.inputValue();
  await field.fill(`${before}書きかけ`);
  await page.waitForTimeout(600);
  await open(page, path);
  check(where, "the draft is back after a reload", (await field.inputValue()) === `${before}書きかけ` ? "" : await field.inputValue());
  await page.locator(".draft button").click();
  check(where, "the draft can be dropped", (await field.inputValue()) === before ? "" : await field.inputValue());
}

/** A screen left alone warns after 13 minutes and covers itself after 15; whoever answers the warning goes on. */
export async function idleLocks(person, where, member) {
  const { page } = person;
  await page.clock.install();
  await signIn(page, member);
  await open(page, "/account");
  const dialog = page.locator("dialog[open]");
  await page.clock.fastForward("13:10");
  await page.clock.runFor(6000);
  check(where, "warns after 13 minutes", (await dialog.count()) === 1 ? "" : "no warning");
  await checkAxe(page, `${where} warning`);
  await Promise.all([page.waitForResponse((answer) => answer.request().resourceType() === "fetch" && !answer.url().includes("/assets/")), dialog.locator("button").first().click()]);
  await page.clock.fastForward("10:00");
  await page.clock.runFor(6000);
  check(where, "goes on when answered", (await dialog.count()) === 0 ? "" : "the warning is still there");
  await page.clock.fastForward("06:00");
  await page.clock.runFor(6000);
  check(where, "covers the page after 15 minutes", (await page.locator("body.locked dialog.lock[open]").count()) === 1 && !(await page.locator("h1").isVisible()) ? "" : "the page can still be read");
  await Promise.all([page.waitForRequest(/sign-in\?next=/), dialog.locator("button").first().click()]);
}

/** Nothing moves while a page loads, with the web font fetched before and not. */
export async function nothingJumps(person, where) {
  const { page } = person;
  await page.addInitScript(() => {
    window.moved = 0;
    window.movers = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) { window.moved += entry.value; window.movers.push(...entry.sources.map(({ node }) => `${node?.nodeName}.${node?.className ?? ""}`)); } }).observe({ type: "layout-shift", buffered: true });
  });
  for (const visit of ["first visit", "second visit"]) {
    await open(page, "/");
    await page.waitForTimeout(1200);
    const { moved, movers } = await page.evaluate(() => ({ moved: window.moved, movers: window.movers }));
    check(`${where} ${visit}`, "nothing moves", moved <= 0.02 ? "" : `layout shift ${moved.toFixed(3)} ${movers.slice(0, 4).join(", ")}`);
  }
}

/** The skip link, the menu of the phone and the large type. */
export async function headerWorks(browser, where) {
  const person = await visitor(browser, { width: 390 });
  const { page, context } = person;
  await open(page, "/");
  await page.keyboard.press("Tab");
  check(where, "the first stop skips to the text", (await page.evaluate(() => document.activeElement?.getAttribute("href"))) === "#main" ? "" : "it does not");
  const summary = page.locator("details.menu > summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  check(where, "the phone's menu opens", (await page.locator("details.menu a:visible").count()) > 0 ? "" : "no link visible");
  await checkAxe(page, `${where} menu`);
  await page.keyboard.press("Escape");
  check(where, "Escape closes it", (await page.locator("details.menu[open]").count()) === 0 ? "" : "still open");
  await page.setViewportSize({ width: 1280, height: 900 });
  const large = page.locator('header.top .tools:visible [name="large"], header.top .tools:visible [aria-pressed]').first();
  const before = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  await Promise.all([page.waitForEvent("load"), large.click()]);
  const after = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  check(where, "large type is a quarter larger", after / before > 1.2 ? "" : `${before} → ${after}`);
  for (const path of ["/", SURVEY, "/sign-in"]) {
    await open(page, path);
    await page.setViewportSize({ width: 390, height: 900 });
    const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    check(`${where} ${path} large at 390 px`, "nothing beyond the edge", scroll <= client ? "" : `${scroll} > ${client}`);
  }
  await context.close();
}

/** Without scripts a person can do all of it. */
export async function withoutScripts(browser, where, member, contactPath) {
  const person = await visitor(browser, { javaScript: false });
  const { page, context } = person;
  for (const path of ["/", "/surveys", SURVEY, `${SURVEY}?view=grouped`, "/sign-in"]) {
    const { status } = await open(page, path);
    check(`${where} ${path}`, "one h1 and a title", status === 200 && (await page.locator("h1").count()) === 1 && (await page.title()) ? "" : `status ${status}`);
  }
  await chooseTown(person, where);
  await signIn(page, member);
  check(where, "sign-in leads on", (await page.locator("h1").count()) === 1 ? "" : "no h1");
  if (contactPath) await saveByKeyboard(person, `${where} ${contactPath}`, contactPath, false);
  check(where, "no errors in the console", person.takeTroubles().join(" | "));
  await context.close();
}

/** A clerk answers five plain questions, gets an issue, adds a countermeasure with the keyboard, and prints sheet and paper. */
export async function issueByQuestions(person, where) {
  const { page } = person;
  await open(page, "/programme/guide");
  await page.locator('main form[action$="/programme/guide"] button').first().click();
  await page.waitForURL(/\/programme\/guide\/[0-9a-f-]+\?step=1/);
  const answers = ["坂の上の地区の方", "通院の足がない", "分からない", "道が細い", "地域包括支援センター"];
  for (const [at, text] of answers.entries()) {
    await checkAxe(page, `${where} question ${at + 1}`);
    await page.locator('main [name="answer"]').fill(text);
    await page.locator('main form:has([name="answer"]) button').first().click();
    await page.waitForURL(new RegExp(`step=${at + 2}`));
  }
  const review = await page.locator("main").innerText();
  check(where, "reads all answers once more", answers.every((text) => review.includes(text)) ? "" : review.slice(0, 200));
  await checkAxe(page, `${where} review`);
  await page.locator('main button[name="act"][value="end"]').click();
  await page.waitForURL(/\/programme\/entries\//);
  const issue = page.url();
  await page.locator('main a[href*="/programme/measures/new"]').first().click();
  await page.waitForLoadState();
  await page.locator('main [name="body"]').fill("乗り合いを試す");
  await page.locator('main [name="owner"]').fill("福祉の係");
  await page.locator('main [name="due"]').fill("令和9年3月31日");
  await checkAxe(page, `${where} countermeasure`);
  await page.locator('main form:has([name="owner"]) button').first().click();
  await page.waitForURL(/\/programme\/measures\/[0-9a-f-]{36}$/);
  check(where, "the countermeasure is there", (await page.locator("main").innerText()).includes("乗り合いを試す") ? "" : page.url());
  await checkAxe(page, `${where} countermeasure read`);
  await open(page, "/programme/report/sheet?scene=common");
  await checkPaper(page, `${where} sheet`, "A3 landscape");
  await open(page, "/programme/records/binder");
  await checkPaper(page, `${where} binder`, "A4");
  await page.goto(issue);
  await checkPaper(page, `${where} issue`, "A4");
}

/** A clerk writes an issue, finds it on the board, and sees that nobody outside does. */
export async function writeIssue(person, where) {
  const { page } = person;
  await open(page, "/programme");
  await checkAxe(page, `${where} board`);
  await open(page, "/programme/new?kind=issue");
  const title = "夜の研修に出られない事業所がある（試し）";
  await page.locator('main form[method="post"] [name="title"]').fill(title);
  await checkAxe(page, `${where} form`);
  await page.locator('main form[data-keep] button[type="submit"]').click();
  await page.waitForURL(/\/programme\/entries\//);
  check(where, "opens the new entry", (await page.locator("h1").innerText()).includes("夜の研修") ? "" : page.url());
  await checkAxe(page, `${where} entry`);
  const address = new URL(page.url()).pathname;
  await open(page, "/programme?view=board&kind=issue");
  check(where, "stands on the board", (await page.locator(".lane", { hasText: title }).count()) === 1 ? "" : "no card");
  return address;
}
