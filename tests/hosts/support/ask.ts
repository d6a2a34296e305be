import { request } from "node:http";

/** A request, line by line. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  /** Each pair is a line of its own; a name may stand twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Lines under one name are joined by a comma. */
  readonly headers: Headers;
  readonly body: string;
}

/** A way to ask a host. */
export type AskHost = (ask: Ask) => Promise<Answer>;

/** By HTTP, over a connection of its own. */
export function byHttp(port: number): AskHost {
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const lines = headers.flat();
      if (!/^(?:GET|HEAD|OPTIONS)$/.test(method)) lines.push("Content-Length", String(Buffer.byteLength(body ?? "")));
      lines.push("Host", `127.0.0.1:${port}`, "Connection", "close");
      const sent = request({ host: "127.0.0.1", port, method, path, headers: lines, agent: false });
      sent.once("error", reject);
      sent.once("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        response.once("end", () => {
          const answered = new Headers();
          for (const [name, values = []] of Object.entries(response.headersDistinct))
            for (const value of values) answered.append(name, value);
          resolve({ status: response.statusCode ?? 0, headers: answered, body: text });
        });
        response.once("error", reject);
      });
      sent.end(body);
    });
}

/** By calling a handler of the Fetch form. */
export function byFetch(handler: (request: Request) => Response | Promise<Response>): AskHost {
  return async ({ method, path, headers, body }) => {
    const asked = new Request(`https://api.example.com${path}`, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(body === undefined ? {} : { body }),
    });
    const response = await handler(asked);
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
}
