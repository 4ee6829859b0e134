// A stream of events that connects again by itself, and says while it is cut.

const offline = document.getElementById("offline");

/** Listens; `on` holds what to do for each kind of event, `path` says where, each time anew. */
export function listen(path, on) {
  const source = new EventSource(path());
  for (const [name, act] of Object.entries(on)) source.addEventListener(name, act);
  source.addEventListener("open", () => (offline.hidden = true));
  source.addEventListener("error", () => {
    offline.textContent = document.body.dataset.offline;
    offline.hidden = false;
    if (source.readyState !== EventSource.CLOSED) return;
    // The server said no: logged out, or restarting.
    setTimeout(() => listen(path, on), 3000);
  });
  addEventListener("pagehide", () => source.close());
}

const announcer = document.getElementById("announcer");

/** Says something once to screen readers. */
export function announce(text) {
  const said = document.createElement("p");
  said.textContent = text;
  announcer.append(said);
  setTimeout(() => said.remove(), 4000);
}
