import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A request as the upstream got it. */
export interface RecordedRequest {
  readonly line: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Everything after the header section, as it came. */
  readonly body: string;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
}

export interface RecordingUpstream {
  readonly url: URL;
  readonly requests: RecordedRequest[];
  /** How many connections were opened to it. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** What the upstream answers: bytes as latin1, or a function that writes to the socket itself. */
export type CannedAnswer = string | ((socket: Socket, request: RecordedRequest) => void);

export const plainAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/** An upstream on a bare socket, that records the bytes of every request and answers with bytes. */
export async function startRecordingUpstream(
  answer: (request: RecordedRequest) => CannedAnswer = () => plainAnswer,
): Promise<RecordingUpstream> {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    const connection = connections;
    sockets.add(socket);
    socket.setEncoding("latin1");
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    let received = "";
    socket.on("data", (text: string) => {
      received += text;
      for (let taken = take(received, connection); taken !== undefined; taken = take(received, connection)) {
        received = received.slice(taken.length);
        requests.push(taken.request);
        const canned = answer(taken.request);
        if (typeof canned === "string") socket.write(canned, "latin1");
        else canned(socket, taken.request);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    requests,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** All values under a name, in any case. */
export function headerOf(request: RecordedRequest | undefined, name: string): string[] {
  return (request?.headers ?? []).filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

function take(received: string, connection: number): { request: RecordedRequest; length: number } | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [line = "", ...fields] = received.slice(0, end).split("\r\n");
  const headers = fields.map((field): readonly [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  const request = { line, headers, body: "", connection };
  const rest = received.slice(end + 4);
  const length = bodyLength(request, rest);
  if (length === undefined) return undefined;
  return { request: { ...request, body: rest.slice(0, length) }, length: end + 4 + length };
}

function bodyLength(request: RecordedRequest, rest: string): number | undefined {
  if (headerOf(request, "transfer-encoding").length > 0) {
    const last = /(?:^|\r\n)0\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(rest);
    return last === null ? undefined : last.index + last[0].length;
  }
  const length = Number(headerOf(request, "content-length")[0] ?? "0");
  return rest.length < length ? undefined : length;
}
