// What Orca, a real screen reader, says of the page: headless, with a real Chromium on a screen that
// nobody sees. Claims about screen readers stand on this and not on attributes alone.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const home = process.env.WENDU_URL;
if (!home) throw new Error("WENDU_URL must name the running program");

const missing = ["orca", "Xvfb", "openbox", "xdotool", "dbus-run-session"].filter(
  (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
);
const skip = missing.length
  ? `\n\n  !!! NOT TESTED: what a screen reader says. Missing: ${missing.join(", ")}.\n  !!! apt-get install -y orca xvfb openbox at-spi2-core dbus-x11 xdotool\n\n`
  : false;
if (skip) process.stderr.write(skip);

/** What Orca says while `steps` are taken, by the marks in them. */
function listen(address, steps) {
  const folder = mkdtempSync(join(tmpdir(), "wendu-orca-"));
  const [out, file] = [join(folder, "spoken"), join(folder, "steps.sh")];
  writeFileSync(file, steps);
  const script = fileURLToPath(new URL("screen_reader.sh", import.meta.url));
  try {
    execFileSync(script, [address, out, file], { stdio: "ignore", timeout: 240_000 });
    const heard = { before: [] };
    let part = heard.before;
    for (const line of readFileSync(out, "utf8").split("\n")) {
      if (line.startsWith("== ")) heard[line.slice(3)] = part = [];
      else if (line) part.push(line);
    }
    return heard;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a question asked by keyboard: the answer is spoken once and whole, and nothing is read again", { skip, timeout: 300_000 }, () => {
  const heard = listen(`${home}/?lang=en`, `
    wait_spoken 'automatic assistant' 20
    key Tab
    key Return
    type_text "What do I bring for a residence permit?"
    mark asked
    key Return
    wait_spoken '^Assistant: .*Source' 20
    wait_s 7
    type_text "medical insurance"
    mark again
    key Return
    wait_spoken '^Assistant: .* 1 .* 2 ' 20
    wait_s 7
    mark jumped
    key alt+shift+n
    wait_s 3
    mark reloaded
    key F5
    wait_s 10
  `);
  const told = JSON.stringify(heard, null, 1);
  assert.ok(heard.before.some((phrase) => /automatic assistant/.test(phrase)), told);
  assert.ok(heard.before.some((phrase) => /Write your question/.test(phrase)), told);

  const answers = (part) => part.filter((phrase) => phrase.startsWith("Assistant:"));
  assert.equal(answers(heard.asked).length, 1, `the answer once: ${told}`);
  assert.match(heard.asked.join(" "), /Source/, "with its source");
  assert.ok(!/automatic assistant/.test(heard.asked.join(" ")), `the greeting is not read again: ${told}`);
  assert.ok(!heard.asked.some((phrase) => /^You:/.test(phrase)), `own words are not read back: ${told}`);

  assert.equal(answers(heard.again).length, 1, `the second answer once: ${told}`);
  assert.match(answers(heard.again)[0], / 1 .* 2 /, "with its numbered choices");
  assert.ok(!/Source|automatic assistant/.test(heard.again.join(" ")), `history is not read again: ${told}`);

  assert.match(heard.jumped.join(" "), /Assistant:/, `the newest answer is read on demand: ${told}`);
});
