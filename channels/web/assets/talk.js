// Makes the page live: sends without leaving it, shows answers as they come, loses nothing on the
// way. Everything here also works without script, by the same forms.

import { announce } from "./announce.js";
import { Api } from "./api.js";
import { carried, draft, forgetAll, held, unsent } from "./draft.js";
import { connect } from "./frame.js";
import { keys } from "./keys.js";
import { label } from "./line.js";
import * as log from "./log.js";
import { Stream } from "./stream.js";

const { body } = document;
const isWidget = body.classList.contains("widget");
const box = document.getElementById("text");
const notice = document.getElementById("notice");
const wait = document.getElementById("wait");
const kept = isWidget ? held.get() : null;
const api = new Api(isWidget ? "token" : "cookie", document.documentElement.lang, kept?.token);
let conversation = (isWidget ? kept?.id : body.dataset.conversation) || null;
let stream = null;
let queue = Promise.resolve(); // messages go one after the other, as they were said
let waiting = 0;

/** Listens to the conversation, from the last line shown. */
function listen() {
  stream?.close();
  stream = new Stream(api, conversation, {
    after: log.after,
    line: (line) => log.take([line]),
    wait: place,
    up: () => (notice.hidden = true),
    down: () => {
      if (!notice.hidden) return;
      notice.textContent = label("offline");
      notice.hidden = false;
      announce(label("offline"), document.documentElement.lang);
    },
    gone: () => (conversation = null),
  });
}

/** Shows the place in the queue for a person. The answer has said the first one. */
function place(text) {
  if (!wait.hidden && text && text !== wait.textContent) announce(text, wait.lang);
  wait.textContent = text;
  wait.hidden = !text;
}

// Where a person answers they see that something is being written, and not what.
const TELL = 3000;
let told = 0;

function tell() {
  if (!conversation || !log.hasStaff() || Date.now() - told < TELL) return;
  told = Date.now();
  api.typing(conversation);
}

async function begin() {
  const begun = await api.start();
  conversation = begun.id;
  if (isWidget) held.set({ id: begun.id, token: begun.token });
  log.take(begun.lines, true);
  document.getElementById("forget").hidden = false;
  listen();
}

async function deliver(key, text) {
  if (!conversation) await begin();
  try {
    return await api.say(conversation, text, key);
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    // The house no longer has this conversation: what was said goes into a new one.
    conversation = null;
    stream?.close();
    location.hash = "";
    await begin();
    return api.say(conversation, text, key);
  }
}

function send(key, text) {
  waiting += 1;
  log.busy(true);
  queue = queue.then(async () => {
    try {
      const lines = await deliver(key, text);
      unsent.set(unsent.get().filter((one) => one.key !== key));
      log.take(lines);
      log.drop(key);
    } catch (problem) {
      log.fail(key, problem.message, () => send(key, text));
    }
    waiting -= 1;
    if (!waiting) log.busy(false);
  });
}

/** Says something: shows it, keeps it until the house has it, sends it. */
function say(text) {
  const key = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join("-");
  unsent.set([...unsent.get(), { key, text }]);
  const line = log.expect(key, text);
  const start = document.getElementById("start");
  if (start) {
    // The button that was pressed goes away with the start: focus goes to what was said with it.
    if (start.contains(document.activeElement)) line.focus({ preventScroll: true });
    start.remove();
    document.querySelector(".intro")?.remove();
  }
  document.getElementById("trouble")?.remove();
  line.scrollIntoView({ block: "nearest" });
  send(key, text);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") === "/ask") {
    event.preventDefault();
    if (form.id === "composer") {
      say(box.value);
      box.value = "";
      draft.set("");
    } else if (event.submitter) {
      say(event.submitter.value);
    }
  } else if (form.id === "forget") {
    forgetAll();
    stream?.close();
    if (isWidget) {
      event.preventDefault();
      location.reload();
    }
  }
});

if (isWidget) {
  for (const link of document.querySelectorAll("a.tool")) link.addEventListener("click", () => (link.hash = carried()));
}

if (box.value) draft.set(box.value);
else box.value = draft.get();
box.addEventListener("input", () => {
  draft.set(box.value);
  tell();
});
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => {
  if (event.persisted && conversation) listen();
});
keys(box, isWidget);

async function open() {
  if (isWidget && conversation) {
    try {
      log.take(await api.lines(conversation, 0), true);
      document.getElementById("forget").hidden = false;
      document.getElementById("start")?.remove();
      document.querySelector(".intro")?.remove();
    } catch (problem) {
      if (problem.status === 404) conversation = null;
    }
  }
  if (conversation) {
    listen();
    if (!location.hash && !document.getElementById("trouble")) log.showTurn();
  }
  // What a reload cut off on its way. It may have arrived: the same key makes sure it counts once.
  for (const { key, text } of unsent.get()) {
    document.getElementById("start")?.remove();
    if (!log.ends(text)) log.expect(key, text);
    send(key, text);
  }
  if (isWidget) connect(box);
}

open();
