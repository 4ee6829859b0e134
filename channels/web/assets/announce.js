// Speaks to screen readers. The log itself is silent (aria-live=off): measured with Orca and
// Chromium, a live log reads history again on load and every new line twice.

const place = document.getElementById("announcer");
let waiting = [];

/** Says something once. What comes in the same moment is said in one go. */
export function announce(text, language) {
  waiting.push({ text, language });
  if (waiting.length > 1) return;
  // A moment later, so that an answer of two lines is one announcement.
  setTimeout(() => {
    const now = waiting;
    waiting = [];
    const box = document.createElement("div");
    for (const { text, language } of now) {
      const paragraph = document.createElement("p");
      paragraph.lang = language;
      paragraph.textContent = text;
      box.append(paragraph);
    }
    place.append(box);
    // Gone again before someone reading the page to its end hears it a second time.
    setTimeout(() => box.remove(), 4000);
  }, 80);
}
