// A conversation that is cut, reloaded, repeated: nothing is lost, nothing is doubled.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import test from "node:test";
import { answered, answers, ask, history, home, kept, nothingLostOrDoubled, say, visitor } from "./helpers.mjs";

test("the first line says that this is an automatic assistant", async (t) => {
  for (const [language, words] of [["zh", /自动|机器|不是真人/], ["en", /automatic/i]]) {
    const page = await visitor(t, { language });
    assert.match(await page.locator("#lines > li").first().textContent(), words);
    await say(page, ask[language].cited);
    assert.match(await kept(page).first().textContent(), words);
  }
});

test("an answer names its source, and the source can be opened", async (t) => {
  const page = await visitor(t);
  const answer = await say(page, ask.zh.cited);
  const link = answer.locator(".source a");
  assert.match(await link.first().getAttribute("href"), /^https?:\/\//);
  assert.equal(await link.first().getAttribute("target"), null);
  await answer.getByRole("button", { name: "说简单点" }).waitFor();
});

test("why an answer was chosen can be opened by keyboard, and says how to put it right", async (t) => {
  const page = await visitor(t, { language: "en" });
  const answer = await say(page, ask.en.cited);
  const why = answer.locator(".why");
  await why.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.match(await why.locator("p").innerText(), /Residence permit: what do I bring\?.*No, I meant/i);
});

test("what could be several things is asked back, and a choice is answered", async (t) => {
  const page = await visitor(t);
  const answer = await say(page, ask.zh.choices);
  const choices = answer.locator(".choices button");
  assert.ok((await choices.count()) >= 2);
  const before = await answers(page).count();
  await choices.first().click();
  await answered(page, before);
  await nothingLostOrDoubled(page);
});

test("what is not published is said so, with the telephone number", async (t) => {
  const page = await visitor(t);
  const answer = await say(page, ask.zh.unknown);
  const telephone = (await page.locator(".person a").getAttribute("href")).replace(/\D/g, "");
  assert.ok((await answer.textContent()).replace(/\D/g, "").includes(telephone));
  assert.equal(await answer.locator(".source").count(), 0);
});

test("an empty message is answered humanely", async (t) => {
  const page = await visitor(t);
  const answer = await say(page, "  ");
  assert.ok((await answer.textContent()).length > 5);
  await nothingLostOrDoubled(page);
});

test("only the assistant's lines are announced, once and whole, and history is not", async (t) => {
  const page = await visitor(t);
  await page.evaluate(() => {
    window.heard = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) window.heard.push(node.textContent);
    }).observe(document.getElementById("announcer"), { childList: true });
  });
  assert.equal(await page.locator("#announcer").textContent(), "", "empty from the start");
  assert.equal(await page.locator("#log").getAttribute("aria-live"), "off");
  const cited = await say(page, ask.zh.cited);
  await page.waitForFunction(() => window.heard.length === 1);
  const [first] = await page.evaluate(() => window.heard);
  assert.ok(first.startsWith(await cited.locator(".words").textContent()));
  assert.ok(first.includes(await cited.locator(".source").first().textContent()));
  const asked = await say(page, ask.zh.choices);
  await page.waitForFunction(() => window.heard.length === 2);
  const second = (await page.evaluate(() => window.heard))[1];
  const label = (await asked.locator(".choices button").first().textContent()).replace(/^1\. /, "");
  assert.ok(second.includes(`1 ${label}`));
  assert.ok(!second.includes(first), "an answer is announced once");
  await page.waitForFunction(() => document.getElementById("announcer").childNodes.length === 0);
  await Promise.all([page.waitForResponse(/\/events/), page.reload()]);
  assert.equal(await page.locator("#announcer").textContent(), "", "history is not announced");
});

test("an answer looks the same live and after a reload", async (t) => {
  for (const question of [ask.zh.cited, ask.zh.choices, ask.zh.unknown]) {
    const page = await visitor(t);
    await say(page, question);
    const markup = () => page.locator("#lines > li").evaluateAll((lines) =>
      lines.map((line) => {
        const copy = line.cloneNode(true);
        for (const input of copy.querySelectorAll("input[name=key]")) input.value = "", input.setAttribute("value", "");
        // Attributes in one order, white space between elements left out.
        const tell = (element) => element.nodeType === 3 ? element.data : `<${element.localName} ${[...element.attributes].map((a) => `${a.name}="${a.value}"`).sort().join(" ")}>${[...element.childNodes].map(tell).filter((text) => text.trim()).join("")}</>`;
        return tell(copy);
      }));
    const live = await markup();
    await page.reload();
    assert.deepEqual(await markup(), live);
  }
});

test("a reload in the middle of an answer loses and doubles nothing", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.choices);
  await page.locator("#text").fill(ask.zh.cited);
  await page.locator("#text").press("Enter");
  await page.reload();
  await kept(page).nth(4).waitFor();
  await page.locator('#log[aria-busy="false"]').waitFor();
  await nothingLostOrDoubled(page);
  assert.equal((await history(page)).filter((line) => line.includes(ask.zh.cited)).length, 1);
});

test("a first question cut off by a reload is asked again by itself", async (t) => {
  const page = await visitor(t);
  await page.route("**/api/**", () => {}); // the network swallows it
  await page.locator("#text").fill(ask.zh.cited);
  await page.locator("#text").press("Enter");
  await page.locator(".pending").waitFor();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.reload();
  await answered(page, 0);
  await nothingLostOrDoubled(page);
});

test("the same message five times is one turn", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.choices);
  const statuses = await page.evaluate(async (text) => {
    const id = document.body.dataset.conversation || (await (await fetch("/")).text()).match(/data-conversation="(\w+)"/)[1];
    const send = () => fetch(`/api/v1/conversations/${id}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": "five-times" },
      body: JSON.stringify({ text }),
    });
    const all = await Promise.all([send(), send(), send(), send(), send()]);
    const bodies = await Promise.all(all.map((response) => response.text()));
    return { codes: all.map((response) => response.status).sort(), bodies: new Set(bodies).size };
  }, ask.zh.cited);
  assert.deepEqual(statuses, { codes: [200, 200, 200, 200, 201], bodies: 1 });
  await kept(page).nth(4).waitFor();
  await nothingLostOrDoubled(page);
  assert.equal(await kept(page).count(), 5);
});

test("a device that was offline connects again by itself, and what was said meanwhile arrives once", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.choices);
  // The same visitor on a second device, which stays connected.
  const other = await visitor(t);
  await other.context().addCookies(await page.context().cookies());
  await other.goto(`${home}/`);
  await page.context().setOffline(true);
  await page.locator("#notice").waitFor();
  await say(other, ask.zh.cited);
  await page.context().setOffline(false);
  await kept(page).nth(4).waitFor();
  await page.locator("#notice").waitFor({ state: "hidden" });
  await nothingLostOrDoubled(page);
  assert.deepEqual(await history(page), await history(other));
});

test("an event stream that is cut again and again loses and doubles nothing", async (t) => {
  // A wire between browser and house that the test can cut.
  const ends = new Set();
  const { hostname, port } = new URL(home);
  const wire = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on("error", () => {}).on("close", () => (ends.delete(end), near.destroy(), far.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise((done) => wire.listen(0, "127.0.0.1", done));
  t.after(() => wire.close());
  const cut = () => [...ends].forEach((end) => end.destroy());

  const page = await visitor(t);
  await page.goto(`http://127.0.0.1:${wire.address().port}/`);
  await say(page, ask.zh.choices);
  const other = await visitor(t);
  await other.context().addCookies((await page.context().cookies()).map((cookie) => ({ ...cookie, domain: hostname })));
  await other.goto(`${home}/`);
  for (let turn = 1; turn <= 3; turn += 1) {
    cut();
    await say(other, ask.zh.cited);
    await kept(page).nth(2 + 2 * turn).waitFor();
    await nothingLostOrDoubled(page);
  }
  assert.deepEqual(await history(page), await history(other));
});

test("two windows of one visitor show the same", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.choices);
  const other = await page.context().newPage();
  await other.goto(`${home}/`);
  await say(page, ask.zh.cited);
  await kept(other).nth(4).waitFor();
  assert.deepEqual(await history(other), await history(page));
});

test("a message that fails is kept, and trying again sends it once", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.choices);
  const keys = [];
  await page.route("**/messages", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) return route.continue();
    // The house takes it, but the answer is lost on the way: the worst case for doubling.
    await route.fetch();
    await route.abort();
  });
  await page.context().route("**/events*", (route) => route.abort());
  await page.reload();
  await page.locator("#text").fill(ask.zh.cited);
  await page.locator("#text").press("Enter");
  await page.locator(".failed button").click();
  await page.locator(".failed").waitFor({ state: "detached" });
  await kept(page).nth(4).waitFor();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  await nothingLostOrDoubled(page);
  assert.equal(await kept(page).count(), 5);
});

test("a draft survives a reload, and another language too", async (t) => {
  const page = await visitor(t);
  await page.locator("#text").fill("我想问一件很长的事");
  await page.reload();
  assert.equal(await page.locator("#text").inputValue(), "我想问一件很长的事");
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForURL(/lang=en/);
  assert.equal(await page.locator("#text").inputValue(), "我想问一件很长的事");
});

test("starting again forgets the conversation and the draft on this device", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.cited);
  await page.locator("#text").fill("还没写完");
  await page.getByRole("button", { name: "重新开始" }).click();
  await page.locator("#start").waitFor();
  assert.equal(await kept(page).count(), 0);
  assert.equal(await page.locator("#text").inputValue(), "");
  assert.deepEqual((await page.context().cookies()).map((cookie) => cookie.name).filter((name) => name.includes("conversation")), []);
});

test("looking at the page begins no conversation and sets no cookie", async (t) => {
  const page = await visitor(t);
  await page.reload();
  assert.deepEqual(await page.context().cookies(), []);
});

test("the secret cannot be read by a script on the page", async (t) => {
  const page = await visitor(t);
  await say(page, ask.zh.cited);
  assert.equal(await page.evaluate(() => document.cookie), "");
  const [cookie] = (await page.context().cookies()).filter((one) => one.name === "wendu-conversation");
  assert.ok(cookie.httpOnly && cookie.sameSite === "Lax");
  assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage))).includes(cookie.value));
});
