// Reads server-sent events from a stream of bytes, as the HTML standard frames them. EventSource is
// not used because it cannot send the widget's Authorization header.

/** Yields `{event, id, data}` for each event in `stream`, and `null` for each comment (a sign of life). */
export async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let event = fresh();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      const rows = rest.split(/\r\n|\n|\r(?!$)/);
      rest = rows.pop();
      for (const row of rows) {
        if (row === "") {
          if (event.data !== null) yield event;
          event = fresh();
        } else if (row.startsWith(":")) {
          yield null;
        } else {
          const [, name, text] = /^([^:]*):? ?(.*)$/s.exec(row);
          if (name === "data") event.data = event.data === null ? text : `${event.data}\n${text}`;
          else if (name === "event") event.event = text;
          else if (name === "id") event.id = text;
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function fresh() {
  return { event: "message", id: "", data: null };
}
