// Takes the pictures that the README shows: node tests/browser/screenshots.mjs
// Needs WENDU_URL and CHROMIUM as the tests do. Writes docs/images/page-*.png.
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
await browser.close();
