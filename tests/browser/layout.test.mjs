// What the eye and the finger meet: reflow, spacing, targets, colours, motion.
import assert from "node:assert/strict";
import test from "node:test";
import { ask, home, say, visitor } from "./helpers.mjs";

const always = ["#text", "#composer button", ".person button", ".person a"];

async function staysUsable(page, selectors = always) {
  const found = await page.evaluate((selectors) => {
    const end = document.documentElement;
    const inside = (selector) => {
      const box = document.querySelector(selector).getBoundingClientRect();
      return box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 0.5 && box.right <= innerWidth + 0.5;
    };
    const wide = [...document.querySelectorAll("body *")]
      .filter((element) => !element.closest(".unseen, .skips") && element.getBoundingClientRect().right > innerWidth + 0.5)
      .map((element) => element.outerHTML.slice(0, 80));
    return { sideways: end.scrollWidth - end.clientWidth, wide, out: selectors.filter((selector) => !inside(selector)) };
  }, selectors);
  assert.deepEqual(found, { sideways: 0, wide: [], out: [] });
}

for (const language of ["zh", "en"]) {
  for (const [name, viewport, settings] of [
    ["320 px", { width: 320, height: 568 }, {}],
    ["400 % of 1280 by 1024", { width: 320, height: 256 }, {}],
    ["320 px in elder mode", { width: 320, height: 568 }, { mode: "elder" }],
    ["390 px with the largest text", { width: 390, height: 844 }, { mode: "elder", size: "30" }],
  ]) {
    test(`at ${name} nothing scrolls sideways and question and person stay in sight (${language})`, async (t) => {
      const page = await visitor(t, { language, viewport, settings, reducedMotion: "reduce" });
      await staysUsable(page);
      await say(page, ask[language].cited);
      await staysUsable(page);
      await say(page, ask[language].choices);
      await staysUsable(page);
      await page.evaluate(() => scrollTo(0, 0));
      await staysUsable(page);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await staysUsable(page);
      await page.goto(`${home}/settings`);
      await staysUsable(page, [".person button", ".person a"]);
    });
  }

  test(`text with more spacing is neither cut nor covered (${language})`, async (t) => {
    // WCAG 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16.
    const page = await visitor(t, { language, viewport: { width: 320, height: 640 }, bypassCSP: true, reducedMotion: "reduce" });
    await say(page, ask[language].cited);
    await say(page, ask[language].choices);
    await page.addStyleTag({
      content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
    });
    await staysUsable(page);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("p, li, button, a, dd, dt, h1, summary, label")]
        .filter((element) => !element.closest(".unseen, .skips, [hidden]") && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
        .filter((element) => getComputedStyle(element).display !== "inline")
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(cut, []);
  });
}

for (const [mode, least] of [["standard", 44], ["elder", 60]]) {
  test(`every target is ${least} by ${least} px in ${mode} mode`, async (t) => {
    const page = await visitor(t, { settings: { mode }, viewport: { width: 390, height: 844 } });
    const small = () => page.evaluate((least) =>
      [...document.querySelectorAll("a, button, summary, textarea, label:has(input[type=radio])")]
        .filter((element) => element.checkVisibility() && !element.closest(".skips, .unseen"))
        .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
        .filter(([, box]) => box.width < least - 0.01 || box.height < least - 0.01)
        .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`), least);
    assert.deepEqual(await small(), []);
    await say(page, ask.zh.cited);
    assert.deepEqual(await small(), []);
    await say(page, ask.zh.choices);
    assert.deepEqual(await small(), []);
    await page.goto(`${home}/settings`);
    assert.deepEqual(await small(), []);
  });
}

test("elder mode has text of 18 px and more, up to 30, with room between lines", async (t) => {
  for (const [size, least] of [["18", 18], ["22", 22], ["26", 26], ["30", 30]]) {
    const page = await visitor(t, { settings: { mode: "elder", size } });
    const words = await page.locator(".words").first().evaluate((element) => {
      const style = getComputedStyle(element);
      return { size: parseFloat(style.fontSize), line: parseFloat(style.lineHeight) };
    });
    assert.ok(words.size >= least - 0.1, `${words.size} px where ${least} were asked for`);
    assert.ok(words.line / words.size >= 1.5);
    const smallest = await page.evaluate(() =>
      Math.min(...[...document.querySelectorAll("p, button, a, label, h2, summary")].filter((e) => e.checkVisibility()).map((e) => parseFloat(getComputedStyle(e).fontSize))));
    assert.ok(smallest >= 18, `${smallest} px somewhere`);
  }
});

test("settings are kept over a reload and without the address naming them", async (t) => {
  const page = await visitor(t);
  await page.locator("a[href='/settings']").click();
  await page.getByLabel("长辈版").check();
  await page.getByLabel("English").check();
  await page.getByLabel("深色").check();
  await page.getByRole("button", { name: "保存设置" }).click();
  await page.waitForURL(`${home}/`);
  await page.reload();
  const page_is = await page.locator("html").evaluate((html) => [html.lang, html.dataset.mode, getComputedStyle(document.body).backgroundColor]);
  assert.deepEqual(page_is, ["en", "elder", "rgb(27, 23, 20)"]);
});

test("with forced colours borders and focus are still seen", async (t) => {
  const page = await visitor(t, { forcedColors: "active", viewport: { width: 800, height: 800 } });
  const answer = await say(page, ask.zh.cited);
  await page.locator("#text").focus();
  const seen = await page.evaluate(() => {
    const border = (selector) => {
      const style = getComputedStyle(document.querySelector(selector));
      return style.borderTopStyle === "solid" && parseFloat(style.borderTopWidth) >= 1 && style.borderTopColor !== style.backgroundColor;
    };
    const outline = getComputedStyle(document.activeElement);
    return {
      borders: ["#text", "#composer button", ".person button", ".line.bot", ".line.visitor"].filter((one) => !border(one)),
      focus: outline.outlineStyle === "solid" && parseFloat(outline.outlineWidth) >= 3,
    };
  });
  assert.deepEqual(seen, { borders: [], focus: true });
  // The ring of focus is really painted: the picture with it differs from the one without.
  const box = page.locator(".bar");
  const withFocus = await box.screenshot({ caret: "hide" });
  await page.locator("#text").evaluate((element) => element.blur());
  assert.ok(!withFocus.equals(await box.screenshot({ caret: "hide" })));
  assert.ok(await answer.isVisible());
});

test("with reduced motion nothing moves", async (t) => {
  const page = await visitor(t, { reducedMotion: "reduce" });
  await page.route("**/messages", () => {});
  await page.locator("#text").fill(ask.zh.cited);
  await page.locator("#text").press("Enter");
  await page.locator("#typing").waitFor();
  const moving = await page.evaluate(() => ({
    animations: document.getAnimations().length,
    scroll: getComputedStyle(document.documentElement).scrollBehavior,
  }));
  assert.deepEqual(moving, { animations: 0, scroll: "auto" });
});

test("a hostile text is shown as text and turns nothing around", async (t) => {
  const page = await visitor(t);
  const text = "<img src=x onerror=alert(1)> \u202Eabc\u0007 </li>";
  await say(page, text);
  const live = await page.locator(".line.visitor .words").textContent();
  assert.ok(live.includes("<img src=x onerror=alert(1)>"));
  assert.equal(await page.locator("#lines img").count(), 0);
  assert.equal(await page.locator(".line.visitor").evaluate((line) => getComputedStyle(line).unicodeBidi), "isolate");
  await page.reload();
  assert.ok((await page.locator(".line.visitor .words").textContent()).includes("<img src=x onerror=alert(1)>"));
  assert.equal(await page.locator("#lines img").count(), 0);
});
