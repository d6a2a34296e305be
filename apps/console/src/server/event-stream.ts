/** One event of a stream: its id, if it has one, and its data. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads server-sent events out of a body. `EventSource` would do the same, but it cannot send a token.
 *
 * @see https://html.spec.whatwg.org/#event-stream-interpretation
 */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<StreamEvent> {
  let rest = "";
  // WebKit cannot iterate over a stream. https://streams.spec.whatwg.org/#rs-asynciterator
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = `${rest}${part.value}`.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = readEvent(block);
      if (event.data !== "") yield event;
    }
  }
}

function readEvent(block: string): StreamEvent {
  const data: string[] = [];
  let id: string | undefined;
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ""] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "data") data.push(value);
    if (field === "id") id = value;
  }
  return { id, data: data.join("\n") };
}
