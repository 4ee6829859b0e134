// The desk and a visitor, in two real browsers: a person is asked for, takes over, both write, and the
// assistant goes on. Runs against a house with a desk: WENDU_DESK_URL, and one-time links of three
// clerks in WENDU_DESK_LINKS.
import assert from "node:assert/strict";
import test from "node:test";
import { accessible, focused, newContext, say } from "./helpers.mjs";
import { listen, skip } from "./reader.mjs";

const desk = process.env.WENDU_DESK_URL?.replace(/\/$/, "");
const links = (process.env.WENDU_DESK_LINKS ?? "").split(/\s+/).filter(Boolean);
if (!desk || links.length < 3) throw new Error("WENDU_DESK_URL and three WENDU_DESK_LINKS must be set; ./check browser does it");

const PASSWORD = "correct horse battery";
/** Who is logged in, by number: nobody logs in anew for every page. */
const here = new Map();

/** Somebody in a browser of their own, at this address of the house with the desk. */
async function person(t, path, options = {}) {
  const context = await newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  t.after(() => assert.deepEqual(errors, []));
  await page.goto(`${desk}${path}`);
  return page;
}

/** A clerk at work; the first time they come in by the link. */
async function clerk(t, number, options = {}) {
  const storageState = here.get(number);
  const page = await person(t, "/desk", { locale: "en-GB", storageState, ...options });
  if (!storageState) {
    await page.goto(new URL(new URL(links[number]).pathname, desk).href);
    await accessible(page);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByLabel("The same once more").fill(PASSWORD);
    await page.getByRole("button", { name: "Choose a password" }).click();
    await page.getByLabel("Log-in name").fill(["wang", "li"][number]);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
  }
  await page.locator("#board").waitFor();
  here.set(number, await page.context().storageState());
  return page;
}

const styles = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { viewport: { width: 320, height: 640 } },
  "forced colours": { forcedColors: "active" },
};

/** Nothing scrolls sideways but what may: tables in their own box. */
async function fits(page) {
  const [inside, outside] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(inside <= outside, `${inside} px in a window of ${outside} px`);
}

/** Every button and field can be told from the page where colours are the reader's own. */
async function bordered(page) {
  const bare = await page.locator("main button, main input:not([type=hidden]), main textarea, main select").evaluateAll((all) =>
    all.filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) < 1).map((one) => one.outerHTML),
  );
  assert.deepEqual(bare, []);
}

test("a person is asked for, takes over, both write, and the assistant goes on and remembers", async (t) => {
  const wang = await clerk(t, 0);
  const visitor = await person(t, "/?lang=en", { locale: "en-GB" });
  await say(visitor, "How much is a passport?");
  const told = await say(visitor, "I want to talk to a person");
  assert.match(await told.textContent(), /You are next/);
  await visitor.locator("#wait", { hasText: "You are next" }).waitFor();
  await accessible(visitor);

  await wang.getByRole("heading", { name: "Waiting: 1" }).waitFor();
  await accessible(wang);
  await wang.getByRole("button", { name: "Take the next" }).click();
  const reply = wang.getByLabel("Your answer");
  await reply.waitFor();
  assert.equal(await focused(wang), "textarea#text");
  await visitor.locator("#lines", { hasText: "王芳 of our staff is with you now" }).waitFor();
  await visitor.locator("#wait").waitFor({ state: "hidden" });

  await reply.fill("Good morning. Which passport is it?\n<b>bold</b>");
  await reply.press("Control+Enter");
  const said = visitor.locator("#lines > .staff").last();
  await said.waitFor();
  assert.match(await said.textContent(), /王芳, staff: Good morning\. Which passport is it\?\n<b>bold<\/b>/);
  assert.equal(await reply.inputValue(), "");
  assert.equal(await focused(wang), "textarea#text");
  await visitor.locator("#text").fill("My old one has expired");
  await visitor.locator("#text").press("Enter");
  await wang.locator(".line.visitor", { hasText: "My old one has expired" }).waitFor();
  assert.equal(await focused(wang), "textarea#text", "what comes in does not take the focus away");
  await accessible(wang);
  await accessible(visitor);

  // A reload loses nothing of what is being written.
  await reply.fill("Then bring");
  await wang.reload();
  assert.equal(await wang.getByLabel("Your answer").inputValue(), "Then bring");
  await wang.getByRole("button", { name: "Back to the assistant" }).click();
  await wang.getByRole("heading", { name: "Queue" }).waitFor();
  await visitor.locator("#lines", { hasText: "I am with you again" }).waitFor();
  assert.match(await (await say(visitor, "How long does it take?")).textContent(), /7 working days/);
});

test("a place in the queue moves, and two clerks do not take one visitor", async (t) => {
  const [wang, li] = [await clerk(t, 0), await clerk(t, 1)];
  const first = await person(t, "/?lang=en", { locale: "en-GB" });
  const second = await person(t, "/?lang=en", { locale: "en-GB" });
  await say(first, "person");
  await say(second, "person");
  await second.locator("#wait", { hasText: "One person is before you" }).waitFor();
  for (const page of [wang, li]) {
    await page.getByRole("heading", { name: "Waiting: 2" }).waitFor();
    await page.locator("tbody a").first().click();
    await page.getByRole("button", { name: "Take it" }).waitFor();
  }
  await wang.getByRole("button", { name: "Take it" }).click();
  await wang.getByLabel("Your answer").waitFor();
  // The colleague's page has noticed.
  await li.getByText("A colleague has this conversation").waitFor();
  await accessible(li);
  await second.locator("#wait", { hasText: "You are next" }).waitFor();
  await wang.getByLabel("How it ended").selectOption("elsewhere");
  await wang.getByRole("button", { name: "Close" }).click();
  await first.getByRole("button", { name: "5, very well" }).click();
  await first.locator("#lines", { hasText: "Thank you" }).waitFor();
  await say(second, "Stop waiting");
  await wang.getByText("Nobody is waiting.").waitFor();
});

test("what is published goes into the answer, writing is seen, and what was closed by mistake is had again", async (t) => {
  const [wang, li] = [await clerk(t, 0), await clerk(t, 1)];
  const visitor = await person(t, "/?lang=en", { locale: "en-GB" });
  await say(visitor, "How much is a passport?");
  await say(visitor, "person");
  await wang.getByRole("heading", { name: "Waiting: 1" }).waitFor();
  await wang.getByRole("button", { name: "Take the next" }).click();
  const reply = wang.getByLabel("Your answer");
  await reply.fill("Good morning.");
  await visitor.locator("#wait", { hasText: "王芳 is writing" }).waitFor();
  await li.goto(wang.url());
  await li.locator("#company", { hasText: "王芳 is looking too. 王芳 is writing." }).waitFor();
  await wang.locator("#company", { hasText: "李雷 is looking too." }).waitFor();
  await reply.press("Control+Enter");
  await visitor.locator("#wait").waitFor({ state: "hidden" });
  await visitor.locator("#text").pressSequentially("And how");
  await wang.locator("#company", { hasText: "The visitor is writing." }).waitFor();

  await wang.getByText("What is published").click();
  await wang.getByLabel("Look for").fill("residence permit fee");
  await wang.getByRole("button", { name: "Look it up" }).click();
  await wang.locator("#published", { hasText: "esidence permit" }).waitFor();
  await accessible(wang);
  await wang.locator("#published .insert").first().click();
  assert.match(await reply.inputValue(), /Source: /);
  assert.equal(await focused(wang), "textarea#text");
  await wang.getByRole("button", { name: "Send, and ask for a yes or no" }).click();
  await visitor.getByRole("button", { name: "Yes, that is right" }).click();
  await wang.locator(".line.visitor", { hasText: "Yes, that is right" }).waitFor();

  await wang.getByLabel("A note for colleagues").fill("Wants the residence permit too");
  await wang.getByRole("button", { name: "Keep the note" }).click();
  await wang.locator("#notes-title ~ ul", { hasText: "Wants the residence permit too" }).waitFor();
  await wang.getByRole("button", { name: "Close" }).click();
  await wang.getByText("You have let go of this conversation").waitFor();
  await accessible(wang);
  await wang.getByRole("button", { name: "Take it again" }).click();
  await reply.waitFor();
  await visitor.locator("#lines", { hasText: "王芳 is with you again" }).waitFor();
  await wang.getByLabel("Hand to").selectOption({ label: "李雷" });
  await wang.getByRole("button", { name: "Hand over" }).click();
  await visitor.locator("#lines", { hasText: "王芳 has handed this to 李雷" }).waitFor();
  await li.getByRole("button", { name: "Take it" }).click();
  await li.getByLabel("Your answer").waitFor();
  await li.getByRole("button", { name: "Put on hold" }).click();
  await li.getByRole("button", { name: "Go on" }).waitFor();
  await accessible(li);
  await li.getByRole("button", { name: "Close" }).click();
  await li.goto(`${desk}/desk/replies`);
  await accessible(li);
  await li.goto(`${desk}/desk/call-backs`);
  await accessible(li);
  await li.goto(`${desk}/desk`);
  await li.getByRole("button", { name: "I am away for a while" }).click();
  await li.getByText("You are away").waitFor();
  await accessible(li);
  await li.getByRole("button", { name: "I am back" }).click();
});

test("by keyboard alone a clerk comes in, takes, answers and closes", async (t) => {
  const visitor = await person(t, "/?lang=zh", { locale: "zh-CN" });
  const wang = await clerk(t, 0);
  await say(visitor, "人工");
  await wang.getByRole("heading", { name: "Waiting: 1" }).waitFor();
  const to = async (name) => {
    for (let steps = 0; steps < 40; steps += 1) {
      await wang.keyboard.press("Tab");
      const here = await wang.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.name);
      if (here.startsWith(name)) return;
    }
    assert.fail(`${name} is not reached by Tab`);
  };
  await to("Take the next");
  await wang.keyboard.press("Enter");
  await wang.getByLabel("Your answer").waitFor();
  await wang.keyboard.type("您好");
  await wang.keyboard.press("Tab");
  await wang.keyboard.press("Enter");
  await visitor.locator("#lines > .staff", { hasText: "工作人员王芳：您好" }).waitFor();
  await to("Close");
  await wang.keyboard.press("Enter");
  await visitor.locator("#lines", { hasText: "有没有帮到您" }).waitFor();
  await visitor.locator(".choices button").first().click();
  await visitor.locator("#lines", { hasText: "谢谢" }).waitFor();
});

for (const [name, options] of Object.entries(styles)) {
  for (const language of ["zh", "en"]) {
    test(`every page of the desk has no violation and fits (${language}, ${name})`, async (t) => {
      const visitor = await person(t, `/?lang=${language}`, { locale: "en-GB" });
      await say(visitor, language === "zh" ? "护照多少钱" : "How much is a passport?");
      await say(visitor, language === "zh" ? "人工" : "person");
      const wang = await clerk(t, 0, options);
      await wang.goto(`${desk}/desk/language/${language}`);
      await wang.goto(`${desk}/desk`);
      const look = async () => {
        // axe takes the colours for those of the style, which forced colours are not.
        await (options.forcedColors ? bordered(wang) : accessible(wang));
        await fits(wang);
      };
      await wang.locator("tbody a").first().waitFor();
      await look();
      await wang.locator("tbody a").first().click();
      await wang.locator("#take").waitFor();
      await look();
      await wang.locator("#take").click();
      await wang.locator("#text").waitFor();
      await look();
      await wang.locator("form[action$='close'] button").click();
      await wang.locator("#board").waitFor();
      await wang.goto(`${desk}/desk/nowhere`);
      await look();
      await wang.goto(`${desk}/desk/login`);
      await look();
      await wang.locator("#login").fill("wang");
      await wang.locator("#password").fill("wrong");
      await wang.locator("form.fields button").click();
      await wang.locator("#problem").waitFor();
      await look();
      if (process.env.PICTURES) await wang.screenshot({ path: `${process.env.PICTURES}/desk-${language}-${name}.png` });
    });
  }
}

test("a screen reader says a new message once, and the clerk's keys stay in the reply box", { skip, timeout: 300_000 }, async () => {
  // A visitor and a clerk without browsers, up to where the clerk has the conversation.
  const api = async (path, token, body) =>
    (await fetch(`${desk}/api/v1/conversations${path}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "idempotency-key": crypto.randomUUID() },
      body: body && JSON.stringify(body),
    })).json();
  const { id, token } = await api("", "", { language: "en" });
  await api(`/${id}/messages`, token, { text: "person" });
  const post = (path, fields, cookie = "") =>
    fetch(`${desk}${path}`, { method: "POST", redirect: "manual", headers: { accept: "text/html", cookie }, body: new URLSearchParams(fields) });
  await post(new URL(links[2]).pathname, { password: PASSWORD, again: PASSWORD });
  const cookie = (await post("/desk/login", { login: "zhao", password: PASSWORD })).headers.get("set-cookie").split(";")[0];
  const page = await (await fetch(`${desk}/desk`, { headers: { accept: "text/html", cookie } })).text();
  const formToken = page.match(/name="token" value="(\w+)"/)[1];
  assert.equal((await post(`/desk/cases/${id}/take`, { token: formToken, key: "k" }, cookie)).status, 303);

  const to = encodeURIComponent(`/desk/cases/${id}#text`);
  const heard = listen(`${desk}/desk/login?to=${to}`, `
    wait_spoken 'Log-in name' 20
    key Tab; key Tab; key Tab; key Tab
    type_text zhao
    key Tab
    type_text "${PASSWORD}"
    key Return
    wait_spoken 'Your answer' 20
    wait_s 4
    mark arrived
    curl -s -o /dev/null -H 'content-type: application/json' -H 'authorization: Bearer ${token}' \
      -H 'idempotency-key: orca' -d '{"text":"My old one has expired"}' ${desk}/api/v1/conversations/${id}/messages
    wait_spoken 'My old one has expired' 20
    wait_s 6
    mark answered
    type_text "Bring it along"
    key ctrl+Return
    wait_s 4
  `);
  const told = JSON.stringify(heard, null, 1);
  const said = heard.arrived.filter((phrase) => /My old one has expired/.test(phrase));
  assert.deepEqual(said, ["Visitor: My old one has expired"], told);
  assert.ok(!heard.arrived.some((phrase) => /automatic assistant/.test(phrase)), `history is not read again: ${told}`);
  // The line that was kept open has been closed by the house meanwhile: the second try has a new one.
  const read = () => api(`/${id}/messages`, token);
  const { lines } = await read().catch(read);
  assert.equal(lines.at(-1).text, "Bring it along", `what was typed went into the reply box: ${told}`);
});
