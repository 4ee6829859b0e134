// The page without script: question, choice, person, settings.
import assert from "node:assert/strict";
import test from "node:test";
import { accessible, answers, ask, home, kept, visitor } from "./helpers.mjs";

const plain = { javaScriptEnabled: false };

async function send(page, text) {
  await page.locator("#text").fill(text);
  await page.locator("#composer button").click();
  await page.waitForURL(/#newest$/);
}

test("without script a question is answered with its source", async (t) => {
  const page = await visitor(t, plain);
  await send(page, ask.zh.cited);
  assert.equal(await kept(page).count(), 3);
  assert.ok(await answers(page).last().locator(".source").first().isVisible());
  assert.equal(await answers(page).last().getAttribute("id"), "newest");
  assert.equal(await page.locator(":focus").getAttribute("id"), "newest", "the answer has focus");
});

test("without script a start question, a choice and a person are one press each", async (t) => {
  const page = await visitor(t, plain);
  await page.locator(".starts button").first().click();
  await page.waitForURL(/#newest$/);
  await send(page, ask.zh.choices);
  await answers(page).last().locator(".choices button").first().click();
  await page.waitForURL(/#newest$/);
  assert.equal(await kept(page).count(), 7);
  await page.locator(".person button").click();
  await page.waitForURL(/#newest$/);
  const telephone = (await page.locator(".person a").getAttribute("href")).replace(/\D/g, "");
  assert.ok((await answers(page).last().textContent()).replace(/\D/g, "").includes(telephone));
});

test("without script a form sent twice is one turn", async (t) => {
  const page = await visitor(t, plain);
  const key = await page.locator("#composer input[name=key]").getAttribute("value");
  const sendForm = () => page.context().request.post(`${home}/ask`, { form: { key, text: ask.zh.cited }, maxRedirects: 0 });
  for (let i = 0; i < 2; i += 1) assert.equal((await sendForm()).status(), 303);
  await page.goto(`${home}/`);
  assert.equal(await kept(page).count(), 3);
});

test("without script, going back and saying something else is another turn", async (t) => {
  const page = await visitor(t, plain);
  const key = await page.locator("#composer input[name=key]").getAttribute("value");
  for (const text of [ask.zh.cited, ask.zh.choices]) {
    await page.context().request.post(`${home}/ask`, { form: { key, text }, maxRedirects: 0 });
  }
  await page.goto(`${home}/`);
  assert.equal(await kept(page).count(), 5);
});

test("without script elder mode and language are one press each and are kept", async (t) => {
  const page = await visitor(t, plain);
  await page.getByRole("button", { name: "长辈版" }).click();
  await page.locator("html[data-mode=elder]").waitFor();
  await page.getByRole("link", { name: "English" }).click();
  await page.locator("html[lang=en]").waitFor();
  await page.goto(`${home}/`);
  assert.deepEqual([await page.locator("html").getAttribute("lang"), await page.locator("html").getAttribute("data-mode")], ["en", "elder"]);
});

test("without script a message that is too long comes back in the box with what to do", async (t) => {
  const page = await visitor(t, plain);
  const long = "办居住证要带什么".repeat(400);
  await page.locator("#text").fill(long);
  await page.locator("#composer button").click();
  await page.locator("#trouble").waitFor();
  assert.equal(await page.locator("#text").inputValue(), long);
});

test("a form with bytes that are no text gets a humane page", async (t) => {
  const page = await visitor(t, plain);
  const response = await page.context().request.post(`${home}/ask`, {
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "zh" },
    data: Buffer.from("text=%ff%fe&key=x"),
  });
  assert.equal(response.status(), 400);
  assert.match(await response.text(), /<textarea/);
});

test("another site's form is refused", async (t) => {
  const page = await visitor(t, plain);
  const response = await page.context().request.post(`${home}/ask`, { headers: { Origin: "https://evil.example" }, form: { text: "x" } });
  assert.equal(response.status(), 403);
});

test("without script the page has no violation", async (t) => {
  const page = await visitor(t, plain);
  await send(page, ask.zh.cited);
  // axe is a script: the same document is looked at with script allowed but the page's own kept out.
  const cookies = await page.context().cookies();
  const seeing = await visitor(t);
  await seeing.context().addCookies(cookies);
  await seeing.route("**/*.js", (route) => route.abort());
  await seeing.goto(`${home}/`);
  assert.equal(await kept(seeing).count(), 3);
  await accessible(seeing);
});
