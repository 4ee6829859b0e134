// A conversation goes on under the clerk's eyes; what they write is sent without leaving the page
// and is not lost by leaving it.

import { announce, listen } from "./live.js";

const { case: id, last, changed } = document.body.dataset;
const lines = document.getElementById("lines");
const form = document.getElementById("reply");
let after = Number(last);
// Whoever takes, hands on or closes is on the way to another page: it must not be loaded again.
let leaving = false;
addEventListener("submit", (event) => (leaving ||= event.target !== form));

listen(() => `/desk/cases/${id}/events?after=${after}`, {
  line(event) {
    if (Number(event.lastEventId) <= after) return;
    after = Number(event.lastEventId);
    const line = JSON.parse(event.data);
    const bottom = innerHeight + scrollY >= document.body.scrollHeight - 200;
    lines.insertAdjacentHTML("beforeend", line.html);
    if (bottom) lines.lastElementChild.scrollIntoView({ block: "nearest" });
    if (line.speaker !== "staff") announce(line.said);
  },
  case() {
    if (leaving) return;
    // What is being written stays: the draft is kept below.
    if (!form || !text.value) return location.reload();
    unsent.textContent = changed;
    unsent.hidden = false;
  },
});

const text = document.getElementById("text");
const unsent = document.getElementById("unsent");
const draft = `wendu-desk-draft-${id}`;

function fresh() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))));
}

async function send(event) {
  event.preventDefault();
  if (!text.value.trim()) return text.focus();
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, headers: { "x-requested-with": "script" } }).catch(() => null);
  if (answer?.status === 401) return location.reload();
  unsent.hidden = Boolean(answer?.ok);
  if (!answer?.ok) {
    unsent.textContent = answer ? await answer.text() : document.body.dataset.offline;
    return text.focus();
  }
  // Another message from now on; the same key again would be the same message.
  form.elements.key.value = fresh();
  text.value = "";
  localStorage.removeItem(draft);
  text.focus();
}

if (form) {
  text.value = localStorage.getItem(draft) ?? "";
  text.addEventListener("input", () => localStorage.setItem(draft, text.value));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", send);
  if (location.hash === "#text") text.focus();
}
