// Everything by keyboard, and focus never falls to nowhere.
import assert from "node:assert/strict";
import test from "node:test";
import { answered, answers, ask, focused, kept, say, visitor } from "./helpers.mjs";

/** Presses Tab until an element matches, and fails when none does or focus is lost. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate((wanted) => {
      const focus = document.activeElement;
      const style = getComputedStyle(focus);
      const box = focus.getBoundingClientRect();
      const bar = document.querySelector(".bar").getBoundingClientRect();
      return {
        is: focus.matches(wanted),
        name: focus.outerHTML.slice(0, 80),
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3,
        hidden: !focus.closest(".bar") && box.bottom > bar.top + 1 && box.height < bar.top,
        body: focus === document.body,
      };
    }, selector);
    assert.ok(!at.body || presses > 50, "focus fell to the body");
    if (at.body) continue;
    assert.ok(at.outline, `no visible focus on ${at.name}`);
    assert.ok(!at.hidden, `focus is hidden behind the bar on ${at.name}`);
    if (at.is) return;
  }
  assert.fail(`no way to ${selector} by Tab`);
}

test("a keyboard alone asks, chooses, wishes for a person and comes back", async (t) => {
  const page = await visitor(t, { reducedMotion: "reduce" });
  await tabTo(page, ".skips a");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "textarea#text");
  await page.keyboard.type(ask.zh.choices);
  await page.keyboard.press("Enter");
  await answered(page, 0);
  assert.equal(await focused(page), "textarea#text", "an answer does not take focus away");

  await page.keyboard.press("Alt+Shift+KeyN");
  assert.equal(await focused(page), "li#newest");
  await tabTo(page, ".choices button");
  const before = await answers(page).count();
  await page.keyboard.press("Enter");
  await answered(page, before);
  assert.notEqual(await focused(page), "body");

  await tabTo(page, ".person button");
  await page.keyboard.press("Enter");
  const answer = await answered(page, before + 1);
  assert.match(await answer.textContent(), /\d{3,}/);
  await tabTo(page, ".person a");
});

test("a start question by keyboard leaves focus on what was asked", async (t) => {
  const page = await visitor(t, { reducedMotion: "reduce" });
  await tabTo(page, ".starts button");
  await page.keyboard.press("Enter");
  await answered(page, 0);
  assert.match(await focused(page), /^li/);
  assert.equal(await page.evaluate(() => document.activeElement.className.split(" ")[1]), "visitor");
});

test("trying again by keyboard keeps focus on the message", async (t) => {
  const page = await visitor(t, { reducedMotion: "reduce" });
  await page.context().setOffline(true);
  await page.locator("#text").fill(ask.zh.cited);
  await page.keyboard.press("Tab");
  await page.locator("#text").press("Enter");
  await page.locator(".failed button").focus();
  await page.context().setOffline(false);
  await page.keyboard.press("Enter");
  await answered(page, 0);
  assert.match(await focused(page), /^li/);
});

test("Shift and Enter make a new line, Enter sends", async (t) => {
  const page = await visitor(t);
  await page.locator("#text").pressSequentially("办居住证");
  await page.locator("#text").press("Shift+Enter");
  await page.locator("#text").pressSequentially("要带什么");
  assert.equal(await page.locator("#text").inputValue(), "办居住证\n要带什么");
  await page.locator("#text").press("Enter");
  await answered(page, 0);
  assert.match(await kept(page).nth(1).textContent(), /办居住证\n要带什么/);
});

test("Enter that ends the choice of a character does not send", async (t) => {
  const page = await visitor(t);
  await page.locator("#text").fill("juzhuzheng");
  await page.locator("#text").evaluate((box) => {
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }));
  });
  assert.equal(await page.locator("#text").inputValue(), "juzhuzheng");
  assert.equal(await page.locator(".line.visitor").count(), 0);
});

test("the key for the newest answer is told on the page and to assistive programs", async (t) => {
  const page = await visitor(t);
  await page.locator("summary").click();
  assert.ok(await page.getByText("Alt + Shift + N").isVisible());
  assert.equal(await page.locator("#skip-newest").getAttribute("aria-keyshortcuts"), "Alt+Shift+N");
  await say(page, ask.zh.cited);
  await page.keyboard.press("Alt+Shift+KeyN");
  assert.equal(await page.locator("#newest").evaluate((line) => line === document.activeElement), true);
});

test("who has scrolled back is offered the newest answer and not dragged to it", async (t) => {
  const page = await visitor(t, { viewport: { width: 390, height: 500 }, reducedMotion: "reduce" });
  await say(page, ask.zh.cited);
  await say(page, ask.zh.choices);
  await page.mouse.wheel(0, -5000);
  await page.locator("#to-newest").waitFor();
  await page.locator("#to-newest").click();
  assert.equal(await focused(page), "li#newest");
  await page.locator("#to-newest").waitFor({ state: "hidden" });
});
