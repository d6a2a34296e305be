import { connect, type Socket } from "node:net";

/** A whole HTTP answer, its head as it came. */
export interface RawAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What became of a request that was written to a connection. */
export type Outcome = { readonly answer: RawAnswer } | { readonly lost: string };

/**
 * One connection, on which requests are written by hand: an HTTP client would hide a lost request by sending it again. Answers must have a
 * Content-Length or no body.
 */
export class RawClient {
  readonly #socket: Socket;
  #received = "";
  #closed: string | undefined;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    const close = (why: string) => (): void => {
      this.#closed ??= why;
      this.#wake();
    };
    socket.setEncoding("latin1").on("data", (text: string) => {
      this.#received += text;
      this.#wake();
    });
    socket.on("end", close("the connection ended")).on("close", close("the connection closed"));
    socket.on("error", (error: NodeJS.ErrnoException) => close(error.code ?? error.message)());
  }

  /** Connects; resolves to `undefined` if nobody listens any more. */
  static async open(port: number): Promise<RawClient | undefined> {
    return await new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      socket.setNoDelay(true);
      socket.once("connect", () => {
        socket.removeAllListeners("error");
        resolve(new RawClient(socket));
      });
      socket.once("error", (error: NodeJS.ErrnoException) => {
        // Reset before it was open is refused too: nothing was sent on it.
        if (error.code === "ECONNREFUSED" || error.code === "ECONNRESET") resolve(undefined);
        else reject(error);
      });
    });
  }

  /** Is it closed, by whichever side? */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** Sends a request and waits for the whole answer. */
  async ask(method: string, target: string, headers: readonly string[]): Promise<Outcome> {
    this.#socket.write(
      [`${method} ${target} HTTP/1.1`, "Host: api.example", ...headers, "", ""].join("\r\n"),
      "latin1",
    );
    for (;;) {
      const answer = this.#takeAnswer();
      if (answer) return { answer };
      if (this.#closed !== undefined) return { lost: this.#closed };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#closed ??= "we closed the connection";
    this.#socket.destroy();
  }

  #takeAnswer(): RawAnswer | undefined {
    const end = this.#received.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const [first = "", ...lines] = this.#received.slice(0, end).split("\r\n");
    const headers = new Map(
      lines.map((line): [string, string] => [
        line.slice(0, line.indexOf(":")).toLowerCase(),
        line.slice(line.indexOf(":") + 1).trim(),
      ]),
    );
    const length = Number(headers.get("content-length") ?? 0);
    if (this.#received.length < end + 4 + length) return undefined;
    const body = this.#received.slice(end + 4, end + 4 + length);
    this.#received = this.#received.slice(end + 4 + length);
    return { status: Number(first.split(" ")[1]), headers, body };
  }
}
