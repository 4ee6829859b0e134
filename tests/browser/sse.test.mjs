// The reader of event streams, fed in unfriendly pieces.
import assert from "node:assert/strict";
import test from "node:test";
import { events } from "../../channels/web/assets/sse.js";

async function read(...pieces) {
  const bytes = pieces.map((piece) => (typeof piece === "string" ? new TextEncoder().encode(piece) : piece));
  const stream = new ReadableStream({
    start(controller) {
      bytes.forEach((piece) => controller.enqueue(piece));
      controller.close();
    },
  });
  const found = [];
  for await (const event of events(stream)) found.push(event);
  return found;
}

const seven = { event: "line", id: "7", data: "办证" };

test("an event is read whole, in one piece or byte by byte", async () => {
  const text = "event: line\nid: 7\ndata: 办证\n\n";
  assert.deepEqual(await read(text), [seven]);
  const single = [...new TextEncoder().encode(text)].map((byte) => new Uint8Array([byte]));
  assert.deepEqual(await read(...single), [seven]);
});

test("all line ends count, and data of several rows is joined", async () => {
  assert.deepEqual(await read("event: line\r\nid: 7\r", "\ndata: 办证\r\n\r\n"), [seven]);
  assert.deepEqual((await read("data: a\ndata: b\n\n"))[0].data, "a\nb");
});

test("a comment is a sign of life and an event cut off is none", async () => {
  assert.deepEqual(await read(":\n\n", "event: line\ndata: half"), [null]);
});
