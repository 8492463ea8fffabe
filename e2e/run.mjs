// Browser tests of a running demo: every page, two widths, two languages, with and without scripts.
// Usage: BASE_URL=http://127.0.0.1:8080 node e2e/run.mjs     E2E_SCREENSHOTS=1 also writes docs/images;
// E2E_ONLY=pattern limits the crawls to those whose name fits (while working on one page).
import { launch, open, signIn, speak, visitor } from "./browser.mjs";
import { buildsChecked, checkPage } from "./checks.mjs";
import { crawl, shape } from "./crawl.mjs";
import { takeCall, takeCallWithoutScripts } from "./desk.mjs";
import { checkPaper } from "./paper.mjs";
import { chooseTown, draftSurvives, headerWorks, idleLocks, issueByQuestions, nothingJumps, readSurvey, saveByKeyboard, SURVEY, withoutScripts, writeIssue } from "./flows.mjs";
import { findOnMap } from "./finding.mjs";
import { findRecords } from "./searching.mjs";
import { formTravels, jointText } from "./papers.mjs";
import { takePictures } from "./pictures.mjs";
import { chooseRange, chooseWithoutScripts } from "./ranges.mjs";
import { check, part, summary } from "./report.mjs";
import { answerSurvey, sessionEnds } from "./rounds.mjs";
import { recordIsKept, yearlyQuestion } from "./upkeep.mjs";

const AT_ONCE = 2;
const only = new RegExp(process.env.E2E_ONLY ?? "");
const started = Date.now();
const browser = await launch();
const contact = { member: "", path: "" };
const kept = { member: "", path: "" };
let cast = [];
let pages = 0;
const seenByAll = { ja: new Set(), en: new Set() }; // what the visitor has seen
/** What the first of the cast need not see again: of each kind of public page one is enough. */
const seenEnough = (paths) => {
  const kinds = new Set();
  return new Set([...paths].filter((path) => kinds.has(shape(path)) || !kinds.add(shape(path))));
};

async function asVisitor(run) {
  const person = await visitor(browser);
  try {
    await run(person);
  } finally {
    await person.context.close();
  }
}

/** Runs parts, two at a time. */
async function together(parts) {
  const waiting = [...parts];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) if (only.test(next[0])) await part(next[0], next[1]);
  }));
}

await part("sign-in page", () => asVisitor(async ({ page }) => {
  await open(page, "/sign-in");
  cast = await page.locator("form[data-cast]").evaluateAll((forms) => forms.map((form) => form.dataset.cast));
  check("sign-in page", "lists the cast", cast.length >= 5 ? "" : `${cast.length} members`);
}));

// Alone: a machine at its limit paints half pages, which is not the page's fault.
await part("stillness", () => asVisitor((person) => nothingJumps(person, "home")));

const publicStarts = ["/", "/surveys", SURVEY, `${SURVEY}?view=grouped`, `${SURVEY}?view=table`, `${SURVEY}?view=municipality`, "/sign-in", "/styleguide", "/call-back", "/search", "/search?q=%E7%A0%94%E4%BF%AE"];
await together([
  ...["ja", "en"].map((lang) => [`public pages, ${lang}`, () => asVisitor(async (person) => {
    const found = await crawl(person, "visitor", lang, publicStarts);
    pages += found.pages.length;
    for (const { path } of found.pages) if (path !== "/") seenByAll[lang].add(path);
    for (const file of found.files) seenByAll[lang].add(file);
  })]),
  ["directory: list and map", () => asVisitor((person) => findOnMap(person, "directory"))],
  ["search box of a visitor", () => asVisitor((person) => findRecords(person, "search box of a visitor", "/search"))],
  ["home: town and role", () => asVisitor((person) => chooseTown(person, "home"))],
  ["survey", () => asVisitor(async (person) => {
    const unknown = await readSurvey(person, "survey");
    const { status } = await open(person.page, "/no-such-page");
    await checkPage(person, "visitor ja /no-such-page", { status, expected: 404 });
    check("error page", "names a way on", (await person.page.locator("main a[href]").count()) > 0 ? "" : unknown);
  })],
  ["header, phone menu, large type", () => headerWorks(browser, "header")],
]);
await together([
  ...["ja", "en"].flatMap((lang) => cast.map((member) => [`${member}, ${lang}`, () => asVisitor(async (person) => {
    await signIn(person.page, member);
    const first = new URL(person.page.url());
    const found = await crawl(person, member, lang, [...new Set(["/home", "/account", first.pathname + first.search])], member === cast[0] ? seenEnough(seenByAll[lang]) : seenByAll[lang]);
    pages += found.pages.length;
    for (const seen of found.pages) {
      if (seen.contact && !contact.path) Object.assign(contact, { member, path: seen.path });
      if (seen.kept && !kept.path) Object.assign(kept, { member, path: seen.path });
    }
    if (lang === "ja") {
      await open(person.page, "/home");
      await checkPaper(person.page, `${member} /home`, "A4");
    }
  })])),
]);

await part("contact form by keyboard", () => asVisitor(async (person) => {
  check("contact form", "is found by links", contact.path || process.env.E2E_ONLY ? "" : "no member of the cast reaches a form with a telephone number");
  if (!contact.path) return;
  await signIn(person.page, contact.member);
  await saveByKeyboard(person, `${contact.member} ${contact.path}`, contact.path);
  check("contact form", "no errors in the console", person.takeTroubles().join(" | "));
}));
await part("issue by questions", () => asVisitor(async (person) => {
  if (!cast.includes("ashikawa")) return;
  await signIn(person.page, "ashikawa");
  await issueByQuestions(person, "issue by questions");
}));
for (const javaScript of [true, false]) await part(`survey answered${javaScript ? "" : " without scripts"}`, async () => {
  if (!cast.includes("furusawa")) return;
  const person = await visitor(browser, { width: javaScript ? 390 : 1280, javaScript });
  try {
    await signIn(person.page, "furusawa");
    await answerSurvey(person, `furusawa answers ${javaScript ? "" : "without scripts"}`, javaScript);
  } finally {
    await person.context.close();
  }
});
await part("session ends while typing", () => asVisitor(async (person) => {
  if (cast.includes("furusawa") && cast.includes("matsumoto")) await sessionEnds(person, "session ends while typing", "furusawa", "matsumoto");
}));
for (const lang of ["ja", "en"]) await part(`forms and joint texts, ${lang}`, () => asVisitor(async (person) => {
  if (!cast.includes("furusawa")) return;
  await signIn(person.page, "furusawa");
  await open(person.page, "/home");
  await speak(person.page, lang);
  await formTravels(person, `form as a file ${lang}`, lang);
  await jointText(person, `joint text ${lang}`, lang);
}));
for (const [lang, width] of [["ja", 1280], ["en", 390]]) await part(`a call by keyboard ${lang} ${width}`, async () => {
  if (!cast.includes("matsumoto")) return;
  const person = await visitor(browser, { width });
  try {
    await signIn(person.page, "matsumoto");
    if (lang !== "ja") await speak(person.page, lang);
    await takeCall(person, `a call by keyboard ${lang} ${width}`);
  } finally {
    await person.context.close();
  }
});
await part("a call without scripts", async () => {
  if (!cast.includes("matsumoto")) return;
  const person = await visitor(browser, { javaScript: false });
  try {
    await signIn(person.page, "matsumoto");
    await takeCallWithoutScripts(person, "a call without scripts");
  } finally {
    await person.context.close();
  }
});
if (kept.path) await part("draft", () => asVisitor(async (person) => {
  await signIn(person.page, kept.member);
  await draftSurvives(person, `${kept.member} ${kept.path}`, kept.path);
}));
await part("an issue", () => asVisitor(async (person) => {
  await signIn(person.page, "ishigaki");
  const address = await writeIssue(person, "an issue");
  await asVisitor(async (other) => {
    other.expect(new URL(address, person.page.url()).href);
    const { status } = await open(other.page, address);
    check("an issue", "is internal", status === 404 ? "" : `status ${status}`);
  });
}));
await part("record kept", () => recordIsKept(browser, "record kept"));
await part("yearly question", () => yearlyQuestion(browser, "yearly question"));
await part("screen left alone", () => asVisitor((person) => idleLocks(person, "screen left alone", cast[0])));
await part("range by keyboard", () => chooseRange(browser, "range by keyboard", "ashikawa"));
await part("range without scripts", () => chooseWithoutScripts(browser, "range without scripts", "ashikawa"));
await part("without scripts", () => withoutScripts(browser, "without scripts", contact.member || cast[0], contact.path));
if (process.env.E2E_SCREENSHOTS === "1") await part("pictures", () => takePictures(browser, contact.member || cast[0], contact.path));

await browser.close();
console.log(`${pages} page visits, ${buildsChecked()} different pages under axe, ${((Date.now() - started) / 1000).toFixed(0)} s`);
process.exit(summary() ? 0 : 1);
