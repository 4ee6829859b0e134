// The log: lines in order, each number once, own words shown before the house has them.

import { announce } from "./announce.js";
import { announcement, element, label, make, words_of } from "./line.js";

const log = document.getElementById("log");
const list = document.getElementById("lines");
const typing = document.getElementById("typing");
const toNewest = document.getElementById("to-newest");

const shown = new Map(); // number -> element
const pending = []; // {key, text, element}
let follows = false; // whether the reader waits for an answer and has not gone elsewhere
let last = 0; // the last number up to which there is no gap

for (const line of list.querySelectorAll("[data-number]")) shown.set(Number(line.dataset.number), line);
count();

function count() {
  while (shown.has(last + 1)) last += 1;
}

/** The number up to which everything is here. */
export const after = () => last;

/** Whether a conversation is shown, or only the greeting. */
export const isBegun = () => shown.size > 0 || pending.length > 0;

/** Whether a person has answered in it. */
export const hasStaff = () => list.querySelector(".line.staff") !== null;

/** Takes lines from the house. `quiet` ones are history and not announced. */
export function take(lines, quiet = false) {
  const fresh = lines.filter((line) => !shown.has(line.number));
  if (!fresh.length) return;
  if (!shown.size) list.querySelector(".line:not([data-number], .pending)")?.remove(); // the greeting
  const follow = follows || isAtEnd();
  for (const line of fresh) {
    const made = insert(line);
    if (line.speaker === "visitor") settle(line.text, made);
    if (!quiet && line.speaker !== "visitor") announce(announcement(line), line.language);
  }
  count();
  tidy();
  if (!quiet && follow) showTurn();
}

function insert(line) {
  const made = element(line);
  const next = [...list.children].find((other) => !other.dataset.number || Number(other.dataset.number) > line.number);
  list.insertBefore(made, next ?? null);
  shown.set(line.number, made);
  return made;
}

/** Shows own words at once. */
export function expect(key, text) {
  const language = document.documentElement.lang;
  const made = make("li", { class: "line visitor pending", lang: language, dir: "auto", tabindex: "-1" });
  made.append(make("p", { class: "words" }, words_of({ speaker: "visitor", text })));
  list.append(made);
  pending.push({ key, text, element: made });
  follows = true;
  tidy();
  return made;
}

/** The house has these words: the pending line makes room for the kept one. */
function settle(text, made) {
  const one = pending.find((other) => squeeze(other.text) === squeeze(text));
  if (one) drop(one.key, made);
}

/** Takes a pending line away. Focus in it moves on to its heir: it must not fall to the body. */
export function drop(key, heir = newest()) {
  const place = pending.findIndex((one) => one.key === key);
  if (place < 0) return;
  const [{ element }] = pending.splice(place, 1);
  if (element.contains(document.activeElement)) heir?.focus({ preventScroll: true });
  element.remove();
  tidy();
}

/** Whether the latest thing said are these words. */
export function ends(text) {
  const said = [...list.querySelectorAll(".line.visitor > .words")].at(-1);
  return said !== undefined && squeeze(said.textContent) === squeeze(words_of({ speaker: "visitor", text }));
}

/** These words were not taken: says why, and offers to try again. */
export function fail(key, why, retry) {
  const one = pending.find((other) => other.key === key);
  if (!one) return;
  const what = why || label("unsent");
  const button = make("button", { type: "button" }, label("retry"));
  const note = make("div", { class: "unsent" }, ...what.split("\n").map((row) => make("p", {}, row)), button);
  one.element.querySelector(".unsent")?.remove();
  one.element.classList.add("failed");
  one.element.append(note);
  announce(what, document.documentElement.lang);
  button.addEventListener("click", () => {
    one.element.focus({ preventScroll: true });
    note.remove();
    one.element.classList.remove("failed");
    retry();
  });
  one.element.scrollIntoView({ block: "nearest" });
}

/** Shows whether an answer is on its way. Only to the eye: the answer itself is announced. */
export function busy(is) {
  log.setAttribute("aria-busy", String(is));
  typing.hidden = !is;
  if (is && follows) typing.scrollIntoView({ block: "nearest" });
  if (!is) follows = false;
}

for (const away of ["wheel", "touchmove"]) {
  addEventListener(away, () => (follows = false), { passive: true });
}

/** The first line of the latest answer. */
export function newest() {
  const lines = [...list.children];
  const asked = lines.findLastIndex((line) => line.classList.contains("visitor"));
  return lines[asked + 1] ?? lines.at(-1);
}

/** Brings the latest question and the beginning of its answer into view. */
export function showTurn() {
  const first = newest();
  const asked = first?.previousElementSibling;
  (asked?.classList.contains("visitor") ? asked : first)?.scrollIntoView({ block: "start" });
}

/** Whether the reader is at the end, and not back in history. */
export function isAtEnd() {
  const end = document.documentElement;
  return end.scrollHeight - end.clientHeight - end.scrollTop < end.clientHeight / 2;
}

// Marks the newest answer, and leaves "simpler" and suggestions to the latest turn only: said later,
// they would be about another answer. A button with focus in it stays until the next line.
function tidy() {
  const mark = newest();
  for (const line of list.children) {
    if (line === mark) line.id = "newest";
    else line.removeAttribute("id");
  }
  const lines = [...list.children];
  const asked = lines.findLastIndex((line) => line.classList.contains("visitor"));
  for (const next of list.querySelectorAll(".next")) {
    if (lines.indexOf(next.closest(".line")) > asked || next.contains(document.activeElement)) continue;
    const form = next.parentElement;
    next.remove();
    if (!form.querySelector("button")) form.remove();
  }
  watch.disconnect();
  if (mark) watch.observe(mark);
}

const watch = new IntersectionObserver(([entry]) => {
  // Shown when the newest answer is below or above what is seen.
  toNewest.hidden = entry.isIntersecting || !isBegun();
}, { rootMargin: "0px 0px -20% 0px" });

function squeeze(text) {
  return text.replace(/\s+/g, " ").trim();
}

tidy();
