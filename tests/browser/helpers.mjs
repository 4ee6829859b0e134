// The browser, visitors in it, and what every test asks of a page. The program under test runs
// already: WENDU_URL says where. Its settings must let this suite in:
//   address_rate.per_minute = 0, embed_origins = ["http://localhost:8091"]
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const home = process.env.WENDU_URL?.replace(/\/$/, "");
if (!home) throw new Error("WENDU_URL must name the running program, e.g. WENDU_URL=http://127.0.0.1:8080");

/** What the demo city answers, in both languages. */
export const ask = {
  zh: { cited: "办居住证要带什么", choices: "医保", unknown: "asdfqwer zxcv", person: "找人工" },
  en: { cited: "What do I bring for a residence permit?", choices: "medical insurance", unknown: "asdfqwer zxcv", person: "Talk to a person" },
};

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
// On a loaded machine Chromium sometimes dies before it has begun; that says nothing of the page.
const browser = await launch().catch(launch);
after(() => browser.close());

/** A browser of one's own. */
export const newContext = (options) => browser.newContext({ viewport: { width: 1024, height: 768 }, ...options });

/** A visitor in a browser of their own. Fails the test when a page has an error in its script. */
export async function visitor(test, { language = "zh", settings = {}, ...options } = {}) {
  const context = await browser.newContext({
    locale: language === "zh" ? "zh-CN" : "en-GB",
    viewport: { width: 1024, height: 768 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // What a test cuts off or refuses on purpose is told as "Failed to load resource".
    if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text())) errors.push(message.text());
  });
  test.after(async () => {
    await context.close();
    assert.deepEqual(errors, [], "the page's script had errors");
  });
  const query = new URLSearchParams(settings).toString();
  await page.goto(query ? `${home}/?${query}` : `${home}/`);
  return page;
}

/** All lines that the house has numbered. */
export const kept = (where) => where.locator("#lines > li[data-number]");
export const answers = (where) => where.locator("#lines > li.bot[data-number]");

/** Writes, sends, and waits for the answer. Gives the answer's line. */
export async function say(where, text) {
  const before = await answers(where).count();
  await where.locator("#text").fill(text);
  await where.locator("#text").press("Enter");
  return answered(where, before);
}

/** Waits until there is an answer more than `before`, and nothing is on its way. */
export async function answered(where, before) {
  const greeting = before === 0 ? 1 : 0;
  await answers(where).nth(before + greeting).waitFor();
  await where.locator('#log[aria-busy="false"]').waitFor();
  return answers(where).last();
}

/** Numbers and words of all lines, as a reader sees them. */
export function history(where) {
  return kept(where).evaluateAll((lines) =>
    lines.map((line) => `${line.dataset.number} ${line.querySelector(".words").textContent}`),
  );
}

/** Asserts that lines are numbered from 1 without gap or repetition, and nothing else is shown. */
export async function nothingLostOrDoubled(where) {
  const numbers = await kept(where).evaluateAll((lines) => lines.map((line) => Number(line.dataset.number)));
  assert.deepEqual(numbers, numbers.map((_, place) => place + 1));
  assert.equal(await where.locator("#lines > li").count(), numbers.length, "a line is shown that is not kept");
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** Asserts that axe finds nothing, up to AAA and best practice. Also in frames, by frame. */
export async function accessible(where) {
  // Evaluated by the debugger, not added as a script: the page's own policy would refuse it.
  await where.evaluate(axe);
  // What happens to lie half under the bar at the bottom can be scrolled clear of it; at the end of
  // the page all is, and what still were covered there would be a fault. At once: the page's own
  // scrolling is smooth, and axe would look while it moves.
  await where.evaluate(() =>
    document.scrollingElement.scrollTo({ top: document.scrollingElement.scrollHeight, behavior: "instant" }),
  );
  const { violations } = await where.evaluate(
    // The three AAA rules that are off by default are switched on.
    (tags) => axe.run(document, {
      runOnly: { type: "tag", values: tags },
      rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true }, "identical-links-same-purpose": { enabled: true }, "meta-refresh-no-exceptions": { enabled: true } },
      iframes: false,
    }),
    TAGS,
  );
  const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}: ${node.failureSummary ?? ""}`));
  assert.deepEqual(told, []);
}

/** The name of the element with focus, for messages. */
export function focused(where) {
  return where.evaluate(() => {
    const at = document.activeElement;
    return `${at.tagName.toLowerCase()}${at.id ? `#${at.id}` : ""}`;
  });
}
