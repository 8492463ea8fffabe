// A municipality's form travels as a file and comes back; files are added to an answer; a joint text is started, read and left.
import { at, open } from "./browser.mjs";
import { checkPage } from "./checks.mjs";
import { check } from "./report.mjs";
import { openAnswer } from "./rounds.mjs";

const type = "text/html; charset=utf-8";

async function send(page, button) {
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), button.click()]);
  return answer?.status() ?? 0;
}

/** The form as a file, out and back in; nothing changes unless it is taken over. */
export async function formTravels(person, where, lang) {
  const { page, context } = person;
  const answer = await openAnswer(page);
  check(where, "a survey waits for this municipality", answer ? "" : "none in the list");
  if (!answer) return;
  const path = `${answer}/form`;
  const { status } = await open(page, path);
  await checkPage(person, `${where} ${path}`, { status, lang, type });
  const file = await context.request.get(at(`${path}/form.xlsx`));
  check(where, "gives the form as a workbook", file.status() === 200 ? "" : `status ${file.status()}`);
  for (const paper of ["approval.pdf", "approval.docx", "form.docx"]) {
    const made = await context.request.get(at(`${path}/${paper}`));
    check(where, `gives ${paper}`, made.status() === 200 && (await made.body()).length > 1000 ? "" : `status ${made.status()}`);
  }
  await page.locator('main input[type="file"]').setInputFiles({ name: "回答.xlsx", mimeType: file.headers()["content-type"], buffer: await file.body() });
  const shown = await send(page, page.locator('main form[enctype] button[type="submit"]'));
  check(where, "shows what would change", /\/returns\//.test(page.url()) ? "" : page.url());
  await checkPage(person, `${where} what came back`, { status: shown, lang, type });
  page.once("dialog", (dialog) => dialog.accept());
  await page.locator('main form[action$="/drop"] button').click();
  const question = page.locator("dialog[open] button.danger, dialog[open] button.btn").first();
  if (await question.count()) await question.click();
  await page.waitForLoadState();

  // A file beside the answer.
  await open(page, answer);
  await page.locator('#files input[type="file"]').setInputFiles({ name: "たしかめ.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 invented") });
  await send(page, page.locator('#files form[enctype] button[type="submit"]'));
  check(where, "keeps a file beside the answer", (await page.locator("#files a[download]", { hasText: "たしかめ.pdf" }).count()) === 1 ? "" : "not listed");
  await checkPage(person, `${where} with a file`, { status: 200, lang, type });
  await send(page, page.locator('#files form[action$="/remove"] button').last());
  check(where, "takes it away again", (await page.locator("#files a[download]", { hasText: "たしかめ.pdf" }).count()) === 0 ? "" : "still listed");
}

/** A joint text from start to leaving. */
export async function jointText(person, where, lang) {
  const { page } = person;
  const answer = await openAnswer(page);
  if (!answer) return;
  const { status } = await open(page, `${answer}/joint`);
  await checkPage(person, `${where} list`, { status, lang, type });
  const base = page.locator('textarea[name="base"]');
  check(where, "offers to start one", (await base.count()) === 1 ? "" : "no form");
  if ((await base.count()) === 0) return;
  person.expect(at(`${answer}/joint`));
  await send(page, page.locator("main form[data-keep] button"));
  check(where, "says beside the field what is missing", (await page.locator("#base-error").count()) === 1 ? "" : "nothing said");
  await checkPage(person, `${where} refused`, { status: 422, lang, type, expected: 422 });
  await base.fill("会議を開いた。\n研修を開いた。");
  await send(page, page.locator("main form[data-keep] button"));
  check(where, "opens the text", /\/joint\/[0-9a-f-]{36}$/.test(new URL(page.url()).pathname) ? "" : page.url());
  await checkPage(person, `${where} text`, { status: 200, lang, type });
  await page.locator('textarea[name="p-0"]').fill("会議を4回開いた。");
  await send(page, page.locator('form[action$="/own"] button'));
  check(where, "keeps own words", (await page.locator('textarea[name="p-0"]').inputValue()) === "会議を4回開いた。" ? "" : "another text");
  await page.locator('form[action$="/leave"] button').click();
  const question = page.locator("dialog[open] button").first();
  if (await question.count()) await page.locator("dialog[open] button.danger, dialog[open] button.btn").first().click();
  await page.waitForLoadState();
}
