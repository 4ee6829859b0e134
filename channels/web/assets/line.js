// Makes a line. The markup is that of src/page/line.html, which makes it where the page comes from
// the server; a browser test compares the two. Text goes in as text, never as HTML.

const words = JSON.parse(document.body.dataset.words);
const key = document.querySelector("#composer input[name=key]").value;

/** A label of the page in its language, with values. */
export function label(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (all, value) => values[value] ?? all);
}

/** An element with attributes (null ones are left out) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** What a line says with its speaker, as shown and announced. */
export function words_of(line) {
  const name = line.speaker === "staff" ? line.name : null;
  const text = line.text.trimEnd();
  // A list begins below its speaker.
  return label(`line-${line.speaker}`, { name, text: /^(• |1\. )/.test(text) ? `\n${text}` : text });
}

/** All that is announced of a line: words, sources, numbered choices. */
export function announcement(line) {
  const sources = line.citations.map((citation) => citation.line);
  const choices = line.choices.map((choice, place) => `${place + 1} ${choice.label}`);
  return [words_of(line), ...sources, ...choices].join("\n");
}

/** The line as an element. */
export function element(line) {
  const attributes = { class: `line ${line.speaker}`, lang: line.language, dir: "auto", tabindex: "-1", "data-number": line.number };
  return make(
    "li",
    attributes,
    make("p", { class: "words" }, words_of(line)),
    ...line.citations.map(source),
    line.understood ? why(line.understood) : null,
    line.place && place(line.place),
    replies(line),
  );
}

function source(citation) {
  const inside = citation.url ? make("a", { href: citation.url, rel: "noopener" }, citation.line) : citation.line;
  return make("p", { class: "source" }, inside);
}

function why(understood) {
  const summary = make("summary", { lang: document.documentElement.lang }, label("why"));
  return make("details", { class: "why" }, summary, make("p", {}, understood));
}

function button(text, say, attributes = {}) {
  return make("li", {}, make("button", { ...attributes, name: "text", value: say }, text));
}

function replies(line) {
  const choices = line.choices.map(({ label, say }, place) => button(`${place + 1}. ${label}`, say));
  const next = line.suggestions.map(({ label, say }) => button(label, say));
  if (line.citations.length) {
    const attributes = { class: "simpler", lang: document.documentElement.lang };
    next.unshift(button(label("simpler"), label("say-simpler"), attributes));
  }
  if (!choices.length && !next.length) return null;
  return make(
    "form",
    { class: "replies", method: "post", action: "/ask" },
    make("input", { type: "hidden", name: "key", value: key }),
    choices.length ? make("ol", { class: "choices" }, ...choices) : null,
    next.length ? make("ul", { class: "next" }, ...next) : null,
  );
}

function place(card) {
  const name = card.name.map(({ text, reading }) =>
    reading ? make("ruby", {}, text, make("rp", {}, "("), make("rt", {}, reading), make("rp", {}, ")")) : text,
  );
  const row = (title, values, kind = null) =>
    values.length ? make("div", { class: kind }, make("dt", {}, label(title)), ...values.map((value) => make("dd", {}, value))) : null;
  const only = (value) => (value ? [value] : []);
  const number = card.telephone;
  const call = number
    ? make("a", { class: "call", href: `tel:${number.replace(/[^0-9+]/g, "")}` }, label("call", { telephone: number }))
    : null;
  return make(
    "div",
    { class: "place" },
    make("p", { class: "name" }, ...name),
    make("p", { class: "now" }, card.now),
    make(
      "dl",
      {},
      row("place-address", [card.address]),
      row("place-hours", card.hours),
      row("place-way", only(card.way)),
      row("place-help", card.help, "help"),
      row("place-telephone", only(call)),
    ),
  );
}
