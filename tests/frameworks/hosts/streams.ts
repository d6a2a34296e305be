const encoder = new TextEncoder();

/** A body of two chunks. */
export function twoChunks(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode("first"));
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.enqueue(encoder.encode("last"));
      controller.close();
    },
  });
}

/** A body that breaks off after its first chunk. */
export function brokenOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode("first"));
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.error(new Error("cut"));
    },
  });
}

/** A response that repeats a header. */
export function withLines(name: string, values: readonly string[]): Response {
  const headers = new Headers();
  for (const value of values) headers.append(name, value);
  return new Response("lines", { headers });
}
