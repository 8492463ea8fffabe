// A record is kept: the office reports, the municipality decides, everybody sees it; the yearly question by link and keyboard alone.
import { open, signIn, visitor } from "./browser.mjs";
import { checkAxe } from "./checks.mjs";
import { check } from "./report.mjs";

const OFFICE = "/directory/providers/5f0c7a1e-9a51-4b52-8a77-0d7c2f6d1a01";

async function as(browser, member, width, run) {
  const person = await visitor(browser, { width });
  try {
    if (member) await signIn(person.page, member);
    return await run(person.page);
  } finally {
    await person.context.close();
  }
}

/** An office changes its hours on a phone, the approver takes them, the public page shows them. */
export async function recordIsKept(browser, where) {
  const hours = `9:${String(10 + (Date.now() % 45)).padStart(2, "0")}`;
  await as(browser, "numata", 390, async (page) => {
    await open(page, `${OFFICE}/update`);
    await checkAxe(page, `${where} form`);
    await page.locator('[name="hours:130-6"]').fill(`${hours}-12:00`);
    await page.locator("main form.form > .actions button").last().click();
    await page.waitForURL(/\/directory\/upkeep$/);
    await checkAxe(page, `${where} list`);
  });
  await as(browser, "hayakawa", 1280, async (page) => {
    await open(page, "/directory/upkeep");
    const link = page.locator('main a[href*="/directory/upkeep/proposals/"]').first();
    check(where, "the change waits for the municipality", (await link.count()) === 1 ? "" : "no link");
    await link.click();
    await page.waitForLoadState();
    await checkAxe(page, `${where} comparison`);
    await page.locator('button[name="act"][value="all"]').click();
    await page.waitForURL(/\/directory\/upkeep$/);
  });
  await as(browser, "", 390, async (page) => {
    await open(page, OFFICE);
    const text = await page.locator("main").innerText();
    check(where, "everybody sees it", text.includes(hours) ? "" : `no ${hours}`);
  });
}

/** A round is started; the link of the mail is answered with Tab and Enter on a phone. */
export async function yearlyQuestion(browser, where) {
  await as(browser, "ishigaki", 1280, async (page) => {
    await open(page, "/directory/rounds/new");
    await checkAxe(page, `${where} start`);
    await page.locator('input[name="families"][value="nursing"]').check();
    await page.locator("main form.form > .actions button").click();
    await page.locator("dialog[open] button").first().click();
    await page.waitForURL(/\/directory\/rounds\/[0-9a-f]{8}-/);
    await checkAxe(page, `${where} board`);
    await open(page, `${new URL(page.url()).pathname}/waiting`);
    await checkAxe(page, `${where} call list`);
  });
  let path = "";
  await as(browser, "miura", 1280, async (page) => {
    for (let tries = 0; tries < 20 && !path; tries += 1) {
      await open(page, "/admin/outbox");
      path = (await page.content()).match(/\/directory\/confirm\/[0-9a-f]{40}/)?.[0] ?? "";
      if (!path) await page.waitForTimeout(1000);
    }
  });
  check(where, "a mail with a link went out", path ? "" : "none in the outbox");
  if (!path) return;
  await as(browser, "", 390, async (page) => {
    await open(page, path);
    await checkAxe(page, `${where} link`);
    const button = page.locator('form[action$="/same"] button');
    for (let tabs = 0; tabs < 40 && !(await button.evaluate((one) => one === document.activeElement)); tabs += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector('form[action$="/same"]'), undefined, { timeout: 10_000 }).catch(() => undefined);
    check(where, "one press confirms", (await button.count()) === 0 ? "" : "the button is still there");
    await checkAxe(page, `${where} thanks`);
  });
}
