// Keys. No single letters (WCAG 2.1.4); all of them are told under "keyboard help".

import { newest } from "./log.js";

export function keys(box, isWidget) {
  box.addEventListener("keydown", (event) => {
    // Enter also ends the choice of a character: 229 is what older browsers send for that.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || composing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyN" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    jump();
  });
  document.getElementById("to-newest").addEventListener("click", jump);
  document.getElementById("skip-newest").addEventListener("click", (event) => {
    event.preventDefault();
    jump();
  });
  document.querySelector(".skips a").addEventListener("click", (event) => {
    event.preventDefault();
    box.focus();
  });
  if (!isWidget) return;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) document.dispatchEvent(new Event("wendu-close"));
  });
}

function jump() {
  const line = newest();
  line?.scrollIntoView({ block: "start" });
  line?.focus({ preventScroll: true });
}
