// Takes the pictures that the README shows: node tests/browser/screenshots.mjs
// Needs WENDU_URL and CHROMIUM as the tests do. Writes docs/images/page-*.png; and desk-*.png, where
// WENDU_DESK_LINK is a one-time link (`wendu staff add`) of the same program.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const home = process.env.WENDU_URL?.replace(/\/$/, "");
if (!home) throw new Error("WENDU_URL must name the running program");
const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));
mkdirSync(folder, { recursive: true });

const desktop = { viewport: { width: 1100, height: 860 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };
const pictures = {
  "answer-en": { locale: "en-GB", ...desktop, ask: "What do I bring for a residence permit?" },
  "dark-en": { locale: "en-GB", ...desktop, colorScheme: "dark", ask: "medical insurance" },
  "phone-zh": { locale: "zh-CN", ...phone, ask: "办居住证要带什么" },
  "elder-zh": { locale: "zh-CN", ...phone, query: "?mode=elder", ask: "医保" },
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, { ask, query = "", ...options }] of Object.entries(pictures)) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(`${home}/${query}`);
  if (ask) {
    await page.locator("#text").fill(ask);
    await page.locator("#text").press("Enter");
    await page.locator("#lines > li.bot").nth(1).waitFor();
    await page.locator('#log[aria-busy="false"]').waitFor();
    await page.locator("#text").blur();
  }
  await page.screenshot({ path: `${folder}page-${name}.png` });
  await context.close();
}
if (process.env.WENDU_DESK_LINK) await desk(new URL(process.env.WENDU_DESK_LINK).pathname);
await browser.close();

/** A visitor is danger, one asks for a person in Chinese, one in English is answered. */
async function desk(link) {
  const open = async (path) => {
    const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", viewport: { width: 1100, height: 860 } });
    const page = await context.newPage();
    await page.goto(`${home}${path}`);
    return page;
  };
  const ask = async (page, text) => {
    const before = await page.locator("#lines > li.bot").count();
    await page.locator("#text").fill(text);
    await page.locator("#text").press("Enter");
    await page.locator("#lines > li.bot").nth(before).waitFor();
    await page.locator('#log[aria-busy="false"]').waitFor();
  };
  const clerk = await open(link);
  const password = "correct horse battery";
  const login = await clerk.locator("#login").inputValue();
  for (const field of ["#password", "#again"]) await clerk.locator(field).fill(password);
  await clerk.locator("form.fields button").click();
  await clerk.locator("#login").fill(login);
  await clerk.locator("#password").fill(password);
  await clerk.locator("form.fields button").click();
  await clerk.locator("#board").waitFor();
  const english = await open("/?lang=en");
  await ask(english, "How much is a passport?");
  await ask(english, "I want to talk to a person");
  const chinese = await open("/?lang=zh");
  await ask(chinese, "老楼装电梯有补贴吗");
  await ask(chinese, "人工");
  const danger = await open("/?lang=zh");
  await ask(danger, "家里煤气味很大，头晕");
  await clerk.locator("tbody tr").nth(2).waitFor();
  await clerk.screenshot({ path: `${folder}desk-queue.png` });
  await clerk.locator("tbody a", { hasText: "assport" }).click();
  await clerk.locator("#take").click();
  await clerk.locator("#text").waitFor();
  await clerk.locator("#text").fill("Good morning. Is it a first passport, or do you have an old one?");
  await clerk.locator("#text").press("Control+Enter");
  await clerk.locator(".line.staff").waitFor();
  await clerk.screenshot({ path: `${folder}desk-case.png`, fullPage: true });
  await english.locator("#lines > .staff").waitFor();
  await english.screenshot({ path: `${folder}page-staff-en.png` });
}
