// Talks to the house. On the page the browser keeps the secret in a cookie; in the widget it is in
// this tab's storage and goes along as Authorization.

const root = "/api/v1/conversations";

/** What the house said when it did not take something, or `status` 0 when it was not reached. */
export class Problem extends Error {
  constructor(status, message, wait) {
    super(message);
    this.status = status;
    this.wait = wait;
  }
}

export class Api {
  /** `keep` is "cookie" or "token". */
  constructor(keep, language, token = null) {
    this.keep = keep;
    this.language = language;
    this.token = token;
  }

  /** Begins a conversation: `{id, token, lines}`. */
  async start() {
    const begun = await this.#json(root, { method: "POST", body: { language: this.language, keep: this.keep } });
    this.token = begun.token;
    return begun;
  }

  /** Says something; the same key twice is once. Gives the lines. */
  async say(id, text, key) {
    const said = await this.#json(`${root}/${id}/messages`, {
      method: "POST",
      body: { text },
      headers: { "Idempotency-Key": key },
    });
    return said.lines;
  }

  async lines(id, after) {
    return (await this.#json(`${root}/${id}/messages?after=${after}`, {})).lines;
  }

  /** Says that something is being written. Nothing is lost where it does not arrive. */
  async typing(id) {
    await this.#fetch(`${root}/${id}/typing`, { method: "POST" }).catch(() => null);
  }

  /** The body of an event stream. */
  async stream(id, after, signal) {
    const response = await this.#fetch(`${root}/${id}/events?after=${after}`, {
      headers: { Accept: "text/event-stream" },
      signal,
    });
    return response.body;
  }

  async #json(address, { body, headers, ...rest }) {
    const response = await this.#fetch(address, {
      ...rest,
      headers: { ...headers, ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
    });
    try {
      return await response.json();
    } catch {
      throw new Problem(0, "");
    }
  }

  async #fetch(address, { headers, ...rest }) {
    let response;
    try {
      response = await fetch(address, {
        ...rest,
        cache: "no-store",
        credentials: this.keep === "cookie" ? "same-origin" : "omit",
        headers: {
          "Accept-Language": this.language,
          ...(this.token && { Authorization: `Bearer ${this.token}` }),
          ...headers,
        },
      });
    } catch {
      throw new Problem(0, "");
    }
    if (response.ok) return response;
    let told = {};
    try {
      told = await response.json();
    } catch {
      // A proxy's own page: there is no sentence in it for a visitor.
    }
    const message = [told.title, told.detail].filter(Boolean).join("\n");
    throw new Problem(response.status, message, Number(response.headers.get("Retry-After")) || 0);
  }
}
