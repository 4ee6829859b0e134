// The widget on a site of its own: another origin, served by this test.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test, { after, before } from "node:test";
import { accessible, ask, home, kept, nothingLostOrDoubled, say, visitor } from "./helpers.mjs";

const port = Number(process.env.WIDGET_HOST_PORT ?? 8091);
const city = `http://localhost:${port}`;
// Another origin of the city's own site, as ask.city.example is beside www.city.example; and another
// site altogether, where browsers may let a frame remember nothing.
const beside = home.replace("127.0.0.1", "localhost");
const elsewhere = home.replace("localhost", "127.0.0.1");
const server = createServer((request, response) => {
  const from = request.url.startsWith("/elsewhere") ? elsewhere : beside;
  const policy = `default-src 'none'; script-src ${from}; frame-src ${from}`;
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Content-Security-Policy", policy);
  response.end(`<!doctype html><html lang="zh"><head><title>城市网站</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>城市网站</h1><p>这是城市自己的网站。</p></main><script src="${from}/widget.js" data-language="zh"></script></body></html>`);
});
before(() => new Promise((done) => server.listen(port, done)));
after(() => server.close());

async function onSite(t, options, path = "/") {
  const page = await visitor(t, options);
  await page.goto(city + path);
  return page;
}

async function open(page) {
  await page.locator("wendu-launcher button").click();
  const frame = page.frameLocator("wendu-launcher iframe");
  await frame.locator("#text").waitFor();
  const real = page.frames().find((one) => new URL(one.url()).pathname === "/widget");
  await real.waitForFunction(() => document.activeElement?.id === "text");
  return real;
}

test("opening moves to the question, closing by button or Escape returns to the launcher", async (t) => {
  const page = await onSite(t);
  const onLauncher = () => page.evaluate(() => document.querySelector("wendu-launcher").shadowRoot.activeElement?.tagName);
  const frame = await open(page);
  assert.equal(await onLauncher(), "IFRAME");
  await page.keyboard.press("Escape");
  await page.locator("wendu-launcher iframe").waitFor({ state: "hidden" });
  assert.equal(await onLauncher(), "BUTTON");
  await page.keyboard.press("Enter");
  await frame.waitForFunction(() => document.activeElement?.id === "text" && document.hasFocus());
  await frame.locator("#close").click();
  await page.locator("wendu-launcher iframe").waitFor({ state: "hidden" });
  assert.equal(await onLauncher(), "BUTTON");
});

test("the widget answers, and the conversation is there again after the site's page changes", async (t) => {
  const page = await onSite(t);
  const frame = await open(page);
  const answer = await say(frame, ask.zh.cited);
  assert.ok(await answer.locator(".source a").first().isVisible());
  await page.goto(`${city}/another-page`);
  const again = await open(page);
  await kept(again).nth(2).waitFor();
  await nothingLostOrDoubled(again);
  await say(again, ask.zh.choices);
  await nothingLostOrDoubled(again);
});

test("the widget sets no cookie", async (t) => {
  const page = await onSite(t);
  await say(await open(page), ask.zh.cited);
  assert.deepEqual(await page.context().cookies(), []);
});

for (const path of ["/", "/elsewhere"]) test(`elder mode and language work inside the widget and lose nothing (${path})`, async (t) => {
  const page = await onSite(t, {}, path);
  const frame = await open(page);
  await say(frame, ask.zh.choices);
  await frame.locator("#text").fill("还没写完");
  await frame.getByRole("link", { name: "长辈版" }).click();
  await frame.locator("html[data-mode=elder]").waitFor();
  await kept(frame).nth(2).waitFor();
  assert.equal(await frame.locator("#text").inputValue(), "还没写完");
  await frame.getByRole("link", { name: "English" }).click();
  await frame.locator("html[lang=en][data-mode=elder]").waitFor();
  await kept(frame).nth(2).waitFor();
  assert.equal(await frame.locator("#text").inputValue(), "还没写完");
  assert.ok(!frame.url().includes("#"));
  await nothingLostOrDoubled(frame);
});

test("starting again inside the widget forgets the conversation", async (t) => {
  const page = await onSite(t);
  const frame = await open(page);
  await say(frame, ask.zh.choices);
  await frame.getByRole("button", { name: "重新开始" }).click();
  await frame.locator("#start").waitFor();
  assert.equal(await kept(frame).count(), 0);
});

test("a site that is not named may not show the widget", async (t) => {
  const page = await visitor(t);
  const response = await page.context().request.get(`${home}/widget`);
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, new RegExp(`frame-ancestors 'self'.* ${city}`));
  assert.ok(!policy.includes("*"));
  const main = await page.context().request.get(`${home}/`);
  assert.match(main.headers()["content-security-policy"], /frame-ancestors 'none'/);
});

for (const options of [{}, { colorScheme: "dark" }, { viewport: { width: 320, height: 568 } }]) {
  test(`the widget has no violation, closed and open (${JSON.stringify(options)})`, async (t) => {
    const page = await onSite(t, options);
    await accessible(page);
    const frame = await open(page);
    await accessible(page);
    await accessible(frame);
    await say(frame, ask.zh.cited);
    await say(frame, ask.zh.choices);
    await accessible(frame);
  });
}

test("on a phone the open widget scrolls not sideways and keeps question and person in sight", async (t) => {
  const page = await onSite(t, { viewport: { width: 320, height: 568 } });
  const frame = await open(page);
  await say(frame, ask.zh.cited);
  const found = await frame.evaluate(() => ({
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    out: ["#text", ".person button", "#composer button"].filter((one) => document.querySelector(one).getBoundingClientRect().bottom > innerHeight),
  }));
  assert.deepEqual(found, { sideways: 0, out: [] });
});
