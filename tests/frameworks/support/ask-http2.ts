import { connect } from "node:http2";
import type { Ask, Got } from "./ask.ts";

/** The same question over HTTP/2 without TLS. */
export async function askHttp2(port: number, { method = "GET", path = "/", headers = [] }: Ask): Promise<Got> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await new Promise<Got>((resolve, reject) => {
      session.on("error", reject);
      const lines = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
      const stream = session.request({ ":method": method, ":path": path, ...lines });
      stream.setTimeout(10_000, () => stream.destroy(new Error("no answer over HTTP/2 after 10 s")));
      stream.on("error", reject);
      stream.on("response", (got) => {
        const read = Object.entries(got).flatMap(([name, value]) =>
          name.startsWith(":") || value === undefined
            ? []
            : [value].flat().map((line): readonly [string, string] => [name, String(line)]),
        );
        let body = "";
        stream.setEncoding("latin1").on("data", (chunk: string) => {
          body += chunk;
        });
        stream.on("end", () => resolve({ status: Number(got[":status"]), lines: read, body }));
      });
      stream.end();
    });
  } finally {
    session.destroy();
  }
}
