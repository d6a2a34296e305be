import { connect } from "node:net";

/** A request, line by line. */
export interface Ask {
  readonly method?: string;
  readonly path?: string;
  /** The `Host` line, if it is not to be the address. */
  readonly host?: string;
  /** Each pair is a line of its own; a name may stand twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** What came back, line by line. */
export interface Got {
  readonly status: number;
  /** The header lines as they came, names in lower case: they have no case, and `Headers` gives them in lower case only. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** All after the head, chunk sizes included. */
  readonly body: string;
}

/** Asks over a socket of its own and reads until the server closes it: no client library joins or drops a line on the way. */
export function ask(
  port: number,
  { method = "GET", path = "/", host = `127.0.0.1:${port}`, headers = [], body }: Ask,
): Promise<Got> {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: close",
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const finish = (): void => {
      const got = parse(text);
      if (got === undefined) reject(new Error(`${method} ${path}: no response head, but ${JSON.stringify(text)}`));
      else resolve(got);
    };
    socket.setTimeout(10_000, () => socket.destroy(new Error(`${method} ${path}: no end after 10 s`)));
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    // A server that answers before it has read the body may reset the connection behind its answer.
    socket.on("error", (error) => (parse(text) === undefined ? reject(error) : finish()));
    socket.on("close", finish);
    socket.write(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`);
  });
}

function parse(text: string): Got | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  return {
    status: Number(statusLine.split(" ")[1]),
    lines: lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
    body: text.slice(end + 4),
  };
}

/** The values under one name, one a line. */
export function linesOf(got: Got, name: string): readonly string[] {
  return got.lines.flatMap(([key, value]) => (key === name ? [value] : []));
}

/** The CORS headers, one line each, sorted: what must be the same, byte for byte, in all frameworks. */
export function corsLines(got: Got): readonly string[] {
  return got.lines
    .filter(([name]) => name.startsWith("access-control-"))
    .map(([name, value]) => `${name}: ${value}`)
    .toSorted();
}

/** The members of all lines of `Vary`, in lower case and sorted. One that stands twice is there twice. */
export function varyMembers(got: Got): readonly string[] {
  return linesOf(got, "vary")
    .flatMap((value) => value.split(","))
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== "")
    .toSorted();
}
