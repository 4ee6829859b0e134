// Keeps an event stream open: reads lines, and when it breaks connects again from the last line
// seen, waiting longer each time, until it is closed.

import { events } from "./sse.js";

// The house sends a sign of life every 25 s; three missed ones mean that the line is dead.
const SILENCE = 80_000;
const LONGEST = 30_000;

export class Stream {
  #api;
  #id;
  #on;
  #open = true;
  #abort = null;
  #wake = null;

  /** `on` has `after()`, `line(line)`, `wait(text)`, `up()`, `down()` and `gone()`. */
  constructor(api, id, on) {
    this.#api = api;
    this.#id = id;
    this.#on = on;
    this.again = this.again.bind(this);
    this.cut = this.cut.bind(this);
    addEventListener("online", this.again);
    addEventListener("offline", this.cut);
    this.#run();
  }

  close() {
    this.#open = false;
    removeEventListener("online", this.again);
    removeEventListener("offline", this.cut);
    this.#abort?.abort();
    this.#wake?.();
  }

  /** Connects again now instead of later. */
  again() {
    this.#wake?.();
  }

  /** The device says that it is offline: a stream may hang for minutes before it notices. */
  cut() {
    this.#abort?.abort();
  }

  async #run() {
    let failures = 0;
    while (this.#open) {
      const abort = (this.#abort = new AbortController());
      let guard;
      const alive = () => {
        clearTimeout(guard);
        guard = setTimeout(() => abort.abort(), SILENCE);
      };
      try {
        alive();
        const body = await this.#api.stream(this.#id, this.#on.after(), abort.signal);
        this.#on.up();
        for await (const event of events(body)) {
          alive();
          failures = 0;
          if (event?.event === "line") this.#on.line(JSON.parse(event.data));
          if (event?.event === "wait") this.#on.wait(JSON.parse(event.data));
        }
      } catch (problem) {
        if (problem.status === 404) {
          this.close();
          this.#on.gone();
        }
      }
      clearTimeout(guard);
      if (!this.#open) return;
      failures += 1;
      // One cut is everyday life (a proxy, a restart) and is mended before anyone need know.
      if (failures > 1 || !navigator.onLine) this.#on.down();
      await this.#pause(Math.min(LONGEST, 500 * 2 ** failures) * (0.75 + Math.random() / 2));
    }
  }

  #pause(time) {
    return new Promise((done) => {
      const timer = setTimeout(done, time);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
