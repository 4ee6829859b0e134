// The widget's page and the site around it. They speak in three words: the site says "open" when it
// shows the frame; the frame says "ready" and "close". Each looks at where a word comes from.

/** Listens to the site around, and gives the way to close. */
export function connect(box) {
  if (parent === window) return;
  const hosts = [location.origin, ...document.body.dataset.hosts.split(" ")];
  let host = null;
  const close = document.getElementById("close");
  close.hidden = false;
  const shut = () => host && parent.postMessage({ wendu: "close" }, host);
  close.addEventListener("click", shut);
  document.addEventListener("wendu-close", shut);
  addEventListener("message", (event) => {
    if (event.source !== parent || !hosts.includes(event.origin) || event.data?.wendu !== "open") return;
    host = event.origin;
    box.focus();
  });
  // No secret in it, and the site is not known yet: anyone may hear that the frame is ready.
  parent.postMessage({ wendu: "ready" }, "*");
}
