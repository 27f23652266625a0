/** One server-sent event. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/** Characters of one event; beyond it the stream is none of this service's. */
const EVENT_SIZE_MAX = 16 * 1024 * 1024;

/** The events of a stream, as far as this service writes them: one line of data each. Comments are left out. */
export async function* eventsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<StreamEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of stream) {
    const blocks = (rest + decoder.decode(piece, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    if (rest.length > EVENT_SIZE_MAX) throw new Error(`an event has more than ${EVENT_SIZE_MAX} characters`);
    for (const block of blocks) {
      const name = fieldOf(block, "event");
      const data = fieldOf(block, "data");
      if (name !== null && data !== null) yield { name, data };
    }
  }
}

function fieldOf(block: string, field: string): string | null {
  const line = block.split("\n").find((one) => one.startsWith(`${field}: `));
  return line === undefined ? null : line.slice(field.length + 2);
}
