// A conversation goes on under the clerk's eyes; what they write is sent without leaving the page
// and is not lost by leaving it.

import { announce, listen } from "./live.js";

const { case: id, last, changed } = document.body.dataset;
const path = `/desk/cases/${id}`;
const lines = document.getElementById("lines");
const company = document.getElementById("company");
const form = document.getElementById("reply");
const text = document.getElementById("text");
const unsent = document.getElementById("unsent");
const draft = `wendu-desk-draft-${id}`;
let after = Number(last);
// Whoever takes, hands on or closes is on the way to another page: it must not be loaded again.
let leaving = false;
addEventListener("submit", (event) => (leaving ||= event.target !== form && event.target.id !== "find"));

listen(() => `${path}/events?after=${after}`, {
  line(event) {
    if (Number(event.lastEventId) <= after) return;
    after = Number(event.lastEventId);
    const line = JSON.parse(event.data);
    const bottom = innerHeight + scrollY >= document.body.scrollHeight - 200;
    lines.insertAdjacentHTML("beforeend", line.html);
    if (bottom) lines.lastElementChild.scrollIntoView({ block: "nearest" });
    if (line.speaker !== "staff") announce(line.said);
  },
  company(event) {
    company.textContent = JSON.parse(event.data);
  },
  case() {
    if (leaving) return;
    // What is being written stays: the draft is kept below.
    if (!form || !text.value) return location.reload();
    unsent.textContent = changed;
    unsent.hidden = false;
  },
});

function fresh() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))));
}

function post(where, fields) {
  const body = new URLSearchParams(fields);
  return fetch(where, { method: "POST", body, headers: { "x-requested-with": "script" } }).catch(() => null);
}

async function send(event) {
  event.preventDefault();
  if (!text.value.trim()) return text.focus();
  const answer = await post(event.submitter?.getAttribute("formaction") ?? form.action, new FormData(form));
  if (answer?.status === 401) return location.reload();
  unsent.hidden = Boolean(answer?.ok);
  if (!answer?.ok) {
    unsent.textContent = answer ? await answer.text() : document.body.dataset.offline;
    return text.focus();
  }
  // Another message from now on; the same key again would be the same message.
  form.elements.key.value = fresh();
  write("");
  text.focus();
}

// The visitor and colleagues see that something is being written, and not what.
const TELL = 3000;
let told = 0;

function tell() {
  const writes = text.value !== "";
  if (writes && Date.now() - told < TELL) return;
  told = writes ? Date.now() : 0;
  post(`${path}/writing`, { token: form.elements.token.value, writes });
}

/** Puts text into the reply box and keeps it, until it is sent. */
function write(value) {
  text.value = value;
  if (value) localStorage.setItem(draft, value);
  else localStorage.removeItem(draft);
}

/** A button that puts an offered answer, with its source, behind what is written already. */
function insert(event) {
  const button = event.target.closest(".insert");
  if (!button) return;
  const offered = [...button.parentElement.querySelectorAll(".words, .note")].map((part) => part.textContent).filter(Boolean);
  write([text.value, ...offered].filter(Boolean).join("\n"));
  text.focus();
  tell();
}

const show = () => document.querySelectorAll(".insert").forEach((button) => (button.hidden = false));

async function find(event) {
  event.preventDefault();
  const place = document.getElementById("published");
  const asked = new URLSearchParams({ find: event.target.elements.find.value, language: place.dataset.language });
  const answer = await fetch(`${path}/published?${asked}`, { headers: { "x-requested-with": "script" } }).catch(() => null);
  if (!answer?.ok) return;
  place.outerHTML = await answer.text();
  show();
  announce(document.getElementById("published").textContent);
}

if (form) {
  text.value = localStorage.getItem(draft) ?? "";
  text.addEventListener("input", () => {
    write(text.value);
    tell();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", send);
  document.getElementById("find").addEventListener("submit", find);
  document.addEventListener("click", insert);
  show();
  if (location.hash === "#text") text.focus();
}
