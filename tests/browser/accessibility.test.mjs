// axe in every state of the page. Zero violations, AAA and best practice included.
import test from "node:test";
import { accessible, ask, say, visitor } from "./helpers.mjs";

for (const language of ["zh", "en"]) {
  for (const [name, options] of Object.entries({
    light: { colorScheme: "light" },
    dark: { colorScheme: "dark" },
    elder: { settings: { mode: "elder", size: "30" } },
    phone: { viewport: { width: 320, height: 640 } },
  })) {
    const title = (state) => `${state} has no violation (${language}, ${name})`;
    const words = ask[language];

    test(title("the start page"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await accessible(page);
      await page.locator("summary").click();
      await accessible(page);
    });

    test(title("an answer with its source"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await say(page, words.cited);
      await accessible(page);
    });

    test(title("a question asked back"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await say(page, words.choices);
      await accessible(page);
    });

    test(title("an honest not-found"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await say(page, words.unknown);
      await accessible(page);
    });

    test(title("a message that could not be sent"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await page.context().setOffline(true);
      await page.locator("#text").fill(words.cited);
      await page.locator("#text").press("Enter");
      await page.locator(".failed").waitFor();
      await accessible(page);
    });

    test(title("an answer on its way"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await page.route("**/messages", () => {}); // never answered
      await page.locator("#text").fill(words.cited);
      await page.locator("#text").press("Enter");
      await page.locator("#typing").waitFor();
      await accessible(page);
    });

    test(title("the settings page"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await page.locator("a[href='/settings']").click();
      await accessible(page);
    });

    test(title("the page for an unknown address"), async (t) => {
      const page = await visitor(t, { language, ...options });
      await page.goto(new URL("/nowhere", page.url()).href);
      await accessible(page);
    });
  }
}
