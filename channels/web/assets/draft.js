// What was written and not yet sent, and in the widget the conversation itself. In this tab's
// storage only: on a shared computer the next visitor must not find it.

// Where a browser forbids storage (Chromium does in a frame of another site's page, when it blocks
// third-party cookies) this is in memory, and goes along in the fragment when the widget loads itself
// anew in another language. A fragment is never sent to a server.
const memory = new Map();
const mark = "#kept=";

if (location.hash.startsWith(mark)) {
  try {
    for (const [name, value] of JSON.parse(decodeURIComponent(location.hash.slice(mark.length)))) memory.set(name, value);
  } catch {
    // Somebody else's fragment.
  }
  history.replaceState(null, "", location.pathname + location.search);
}

/** The fragment that carries over what only memory holds; empty where storage does that. */
export function carried() {
  return memory.size ? mark + encodeURIComponent(JSON.stringify([...memory])) : "";
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return memory.get(name) ?? null; // Storage is forbidden, e.g. in some frames.
  }
}

function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    if (value === null) memory.delete(name);
    else memory.set(name, value);
  }
}

function json(name) {
  try {
    return JSON.parse(read(name));
  } catch {
    return null;
  }
}

export const draft = {
  get: () => read("wendu-draft") ?? "",
  set: (text) => write("wendu-draft", text || null),
};

/** Messages on their way: `[{key, text}]`. */
export const unsent = {
  get: () => json("wendu-unsent") ?? [],
  set: (list) => write("wendu-unsent", list.length ? JSON.stringify(list) : null),
};

/** The widget's conversation: `{id, token}`. */
export const held = {
  get: () => json("wendu-conversation"),
  set: (conversation) => write("wendu-conversation", conversation && JSON.stringify(conversation)),
};

export function forgetAll() {
  for (const name of ["wendu-draft", "wendu-unsent", "wendu-conversation"]) write(name, null);
}
