import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** An answer as it came over the wire: duplicate headers apart, bytes above 0x7F as latin1. */
export interface RawResponse {
  readonly status: number;
  readonly reason: string;
  /** Name and value, in order. */
  readonly headers: readonly (readonly [string, string])[];
  /** Without chunk framing. */
  readonly body: string;
  readonly trailers: readonly (readonly [string, string])[];
  /** Did it come to its end? */
  readonly complete: boolean;
}

/** A client that sends exactly the bytes it is given. */
export class RawClient {
  readonly socket: Socket;
  #received = "";
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.#received += text;
      socket.emit("news");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#ended = true;
      socket.emit("news");
    });
  }

  static async open(url: URL): Promise<RawClient> {
    const socket = connect(Number(url.port), url.hostname);
    await once(socket, "connect");
    return new RawClient(socket);
  }

  send(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  }

  /** Everything that has come and was not read yet. */
  get pending(): string {
    return this.#received;
  }

  get closed(): boolean {
    return this.#ended;
  }

  /** Waits until `text` stands in what has come. */
  async until(text: string, ms = 5_000): Promise<void> {
    await this.#wait(() => (this.#received.includes(text) ? true : undefined), ms);
  }

  /** Waits until the other side has closed. */
  async untilClosed(ms = 5_000): Promise<void> {
    await this.#wait(() => (this.#ended ? true : undefined), ms);
  }

  /** Takes the next answer, interim ones too. */
  async response(method = "GET", ms = 5_000): Promise<RawResponse> {
    return await this.#wait(() => this.#take(method), ms);
  }

  close(): void {
    this.socket.destroy();
  }

  async #wait<Value>(look: () => Value | undefined, ms: number): Promise<Value> {
    const deadline = AbortSignal.timeout(ms);
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.#ended) throw new Error(`Closed after ${JSON.stringify(this.#received)}`);
      await once(this.socket, "news", { signal: deadline });
    }
  }

  #take(method: string): RawResponse | undefined {
    const end = this.#received.indexOf("\r\n\r\n");
    if (end === -1) return undefined;
    const [line = "", ...fields] = this.#received.slice(0, end).split("\r\n");
    const [, status = "", reason = ""] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line) ?? [];
    const head = { status: Number(status), reason, headers: fields.map(splitField) };
    const rest = this.#received.slice(end + 4);
    const body = readBody(rest, head, method, this.#ended);
    if (body === undefined) return undefined;
    this.#received = rest.slice(body.length);
    return { ...head, body: body.text, trailers: body.trailers, complete: body.complete };
  }
}

/** Sends one request on a connection of its own and takes the final answer. */
export async function ask(url: URL, bytes: string | Buffer, method = "GET"): Promise<RawResponse> {
  const client = await RawClient.open(url);
  try {
    client.send(bytes);
    let response = await client.response(method);
    while (response.status < 200) response = await client.response(method);
    return response;
  } finally {
    client.close();
  }
}

/** All values under a name, in any case. */
export function valuesOf(response: RawResponse, name: string): string[] {
  return response.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

interface Body {
  readonly text: string;
  readonly length: number;
  readonly trailers: readonly (readonly [string, string])[];
  readonly complete: boolean;
}

type Head = Pick<RawResponse, "status" | "headers">;

function readBody(rest: string, head: Head, method: string, ended: boolean): Body | undefined {
  const none = head.status < 200 || head.status === 204 || head.status === 304 || method === "HEAD";
  if (none) return { text: "", length: 0, trailers: [], complete: true };
  const field = (name: string) => head.headers.find(([key]) => key.toLowerCase() === name)?.[1];
  if (field("transfer-encoding") === "chunked") return readChunks(rest, ended);
  const length = field("content-length");
  if (length === undefined)
    return ended ? { text: rest, length: rest.length, trailers: [], complete: true } : undefined;
  if (rest.length < Number(length) && !ended) return undefined;
  const text = rest.slice(0, Number(length));
  return { text, length: text.length, trailers: [], complete: text.length === Number(length) };
}

function readChunks(rest: string, ended: boolean): Body | undefined {
  let at = 0;
  let text = "";
  for (;;) {
    const line = rest.indexOf("\r\n", at);
    const size = line === -1 ? Number.NaN : Number.parseInt(rest.slice(at, line), 16);
    if (size === 0) {
      const end = rest.indexOf("\r\n\r\n", line);
      if (end !== -1) {
        const fields = rest
          .slice(line + 2, end)
          .split("\r\n")
          .filter((field) => field !== "");
        return { text, length: end + 4, trailers: fields.map(splitField), complete: true };
      }
    }
    if (!(size > 0) || rest.length < line + 2 + size + 2) {
      return ended ? { text, length: rest.length, trailers: [], complete: false } : undefined;
    }
    text += rest.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}

function splitField(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
