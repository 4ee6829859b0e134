// The way in from the city's own site. One line on the page is all:
//
//   <script src="https://ask.city.example/widget.js" data-language="zh" defer></script>
//
// data-language: zh or en; without it, the page's own language. data-mode="elder" for large text.
// Best is an address under the city's own domain (ask.city.example beside www.city.example): some
// browsers let a frame from elsewhere remember nothing, and the conversation then lasts only until
// the visitor goes on to another page.
// The site must be named in Wendu's settings: embed_origins = ["https://www.city.example"].
// It adds one button and, once pressed, a frame. It sets no cookie, reads nothing of the site and
// changes none of its styles. If the site has a Content-Security-Policy, it must allow this address
// in script-src and frame-src.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || document.querySelector("wendu-launcher")) return;
  const origin = new URL(script.src).origin;
  const words = "WORDS";
  const asked = (script.dataset.language || document.documentElement.lang || navigator.language).split("-")[0];
  const language = words[asked] ? asked : Object.keys(words).at(-1);
  const [open, , title] = words[language];
  const elder = script.dataset.mode === "elder";

  const host = document.createElement("wendu-launcher");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    section { position: fixed; inset: auto max(16px, env(safe-area-inset-right)) max(16px, env(safe-area-inset-bottom)) auto; z-index: 2147483000; }
    button { display: inline-flex; align-items: center; justify-content: center; min-height: ${elder ? 64 : 52}px; min-width: 52px; padding: 10px 22px; border: 2px solid #fbf6ee; border-radius: 14px;
      background: LIGHT_ACCENT; color: #fbf6ee; font: 700 ${elder ? 22 : 18}px/1.35 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; cursor: pointer; box-shadow: 0 2px 12px rgb(36 28 21 / 35%); }
    button:hover { text-decoration: underline; }
    button:focus-visible { outline: 3px solid #241c15; outline-offset: 3px; box-shadow: 0 0 0 3px #ffcf4d; }
    iframe { position: fixed; inset: auto 16px 16px auto; width: min(${elder ? 560 : 440}px, calc(100vw - 32px)); height: min(760px, calc(100dvh - 32px)); border: 2px solid #75675a; border-radius: 14px; background: #fbf6ee; box-shadow: 0 8px 40px rgb(36 28 21 / 40%); color-scheme: normal; }
    [hidden] { display: none; }
    @media (max-width: 600px), (max-height: 480px) { iframe { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }
    @media (prefers-color-scheme: dark) { button { background: DARK_ACCENT; color: #1b1714; border-color: #1b1714; } iframe { background: #1b1714; } button:focus-visible { outline-color: #f6eee3; } }
    @media (forced-colors: active) { button:focus-visible { outline-color: Highlight; } }
    @media print { section { display: none; } }
  `);
  root.adoptedStyleSheets = [style];

  const section = document.createElement("section");
  section.lang = language;
  section.setAttribute("aria-label", title);
  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.textContent = open;
  launcher.setAttribute("aria-expanded", "false");
  section.append(launcher);
  root.append(section);
  let frame = null;
  let ready = false;

  function tell() {
    if (!ready || frame.hidden) return;
    frame.focus();
    frame.contentWindow.postMessage({ wendu: "open" }, origin);
  }

  function show() {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = title;
      // Its own scripts, storage and forms; links and calls only when the visitor presses them.
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols");
      frame.src = `${origin}/widget?lang=${language}${elder ? "&mode=elder" : ""}`;
      section.append(frame);
    }
    frame.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    tell();
  }

  function hide() {
    frame.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  launcher.setAttribute("aria-label", `${open}${language === "zh" ? "：" : ": "}${title}`);
  launcher.addEventListener("click", show);
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data?.wendu === "ready") {
      ready = true;
      tell();
    } else if (event.data?.wendu === "close") {
      hide();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && frame && !frame.hidden) hide();
  });
  document.body.append(host);
})();
