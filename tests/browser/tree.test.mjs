// What assistive programs are given: the accessibility tree of the answered page, kept as a file.
// UPDATE=1 writes it anew; look at the difference before you keep it. What the city's words are is
// not this test's affair, so answers are shortened to their first words.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { ask, say, visitor } from "./helpers.mjs";

for (const language of ["zh", "en"]) {
  test(`the tree of the answered page is as kept (${language})`, async (t) => {
    const page = await visitor(t, { language });
    await say(page, ask[language].cited);
    // The announcement comes a moment after the answer and goes again by itself.
    await page.locator("#announcer > *").waitFor({ state: "attached" });
    await page.locator("#announcer > *").waitFor({ state: "detached" });
    await page.evaluate(() => {
      const only = (selector, count) => [...document.querySelectorAll(selector)].slice(count).forEach((one) => one.remove());
      only(".next li", 1);
      only(".place", 0);
      only(".source", 1);
      only(".banner", 0);
      for (const words of document.querySelectorAll(".bot .words")) words.textContent = words.textContent.replace(/([：:]\s*).*/s, "$1…");
      for (const link of document.querySelectorAll(".source a")) link.textContent = "…", link.removeAttribute("href"), link.setAttribute("href", "https://…");
      for (const call of document.querySelectorAll(".call")) call.textContent = "…", call.setAttribute("href", "tel:…");
      for (const name of document.querySelectorAll(".brand span, h1")) name.textContent = "…";
    });
    const tree = `${await page.locator("body").ariaSnapshot()}\n`;
    const file = new URL(`snapshots/answered.${language}.yml`, import.meta.url);
    if (process.env.UPDATE) writeFileSync(file, tree);
    assert.equal(tree, readFileSync(file, "utf8"));
  });
}
