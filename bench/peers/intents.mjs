// nlp.js with its defaults on the rows of `wendu eval intents`:
//   node intents.mjs NAME LABEL LANGUAGE TRAIN TEST [OUTSIDERS]
// prints {"engine", "pool", accuracy, "in scope", outsiders, "p50 ms"}. What it answers with
// the intent "None" is refused.
import fs from "node:fs";
import { NlpManager } from "node-nlp";

const [name, label, language, train, test, outsiders] = process.argv.slice(2);
const read = (path) =>
  fs.readFileSync(path, "utf8").split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));

const manager = new NlpManager({ languages: [language], forceNER: false, nlu: { log: false }, autoSave: false });
for (const row of read(train)) manager.addDocument(language, row.text, row[label]);
await manager.train();

let right = 0;
let kept = 0;
const times = [];
const rows = read(test);
for (const row of rows) {
  const start = performance.now();
  const { intent, classifications } = await manager.process(language, row.text);
  times.push(performance.now() - start);
  const best = classifications.find((guess) => guess.intent !== "None")?.intent;
  right += best === row[label];
  kept += intent === row[label];
}
const figures = { accuracy: right / rows.length, "in scope": kept / rows.length };
if (outsiders) {
  const strangers = read(outsiders);
  let refused = 0;
  for (const row of strangers) refused += (await manager.process(language, row.text)).intent === "None";
  figures.outsiders = refused / strangers.length;
}
times.sort((a, b) => a - b);
figures["p50 ms"] = times[Math.floor(times.length / 2)];
console.log(JSON.stringify({ engine: "nlp.js", pool: name, ...figures }));
