// What Orca, a real screen reader, says of the page. Claims about screen readers stand on this and not
// on attributes alone.
import assert from "node:assert/strict";
import test from "node:test";
import { listen, skip } from "./reader.mjs";

const home = process.env.WENDU_URL;
if (!home) throw new Error("WENDU_URL must name the running program");

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
