import type { Buffer } from "node:buffer";

/** A request as its bytes said it: one character a byte. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const endOfHead = "\r\n\r\n";

/** Reads the requests of one connection, one after the other. Node's own server would join, drop and refuse what we are to see. */
export function requestReader(onRequest: (request: RawRequest) => void): (chunk: Buffer) => void {
  let text = "";
  return (chunk) => {
    text += chunk.toString("latin1");
    for (;;) {
      const end = text.indexOf(endOfHead);
      if (end === -1) return;
      const request = parseHead(text.slice(0, end));
      const length = Number(request.headers.find(([name]) => name.toLowerCase() === "content-length")?.[1] ?? 0);
      const next = end + endOfHead.length + length;
      if (text.length < next) return;
      text = text.slice(next);
      onRequest(request);
    }
  };
}

function parseHead(head: string): RawRequest {
  const [first = "", ...lines] = head.split("\r\n");
  const [method = "", target = ""] = first.split(" ");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")] as const;
  });
  return { method, target, headers };
}
