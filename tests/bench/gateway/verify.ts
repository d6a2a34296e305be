import { request } from "node:http";
import { allowedOrigin, askedHeaders, askedMethod, benchLists, refusedOrigin } from "../bench-policy.ts";
import type { Table } from "../table.ts";
import type { RunningServer } from "./running-server.ts";

/** A request and what the policy says of its answer. */
interface Check {
  readonly title: string;
  readonly method: "GET" | "OPTIONS";
  readonly origin: string;
  readonly status: number;
  /** In lower case; `undefined` must be absent. */
  readonly expected: Readonly<Record<string, string | undefined>>;
}

const actual = { vary: "origin" };
const preflight = { vary: "origin, access-control-request-method, access-control-request-headers" };
const nothing = {
  "access-control-allow-origin": undefined,
  "access-control-allow-credentials": undefined,
  "access-control-allow-methods": undefined,
  "access-control-allow-headers": undefined,
  "access-control-expose-headers": undefined,
  "access-control-max-age": undefined,
};
const granted = {
  ...nothing,
  "access-control-allow-origin": allowedOrigin,
  "access-control-allow-credentials": "true",
};

const checks: readonly Check[] = [
  {
    title: "GET allowed",
    method: "GET",
    origin: allowedOrigin,
    status: 200,
    expected: { ...granted, ...actual, "access-control-expose-headers": benchLists.exposed.join(", ") },
  },
  { title: "GET refused", method: "GET", origin: refusedOrigin, status: 200, expected: { ...nothing, ...actual } },
  {
    title: "preflight allowed",
    method: "OPTIONS",
    origin: allowedOrigin,
    status: 204,
    expected: {
      ...granted,
      ...preflight,
      "access-control-allow-methods": benchLists.methods.join(", "),
      "access-control-allow-headers": benchLists.headers.join(", "),
      "access-control-max-age": String(benchLists.maxAge),
    },
  },
  {
    title: "preflight refused",
    method: "OPTIONS",
    origin: refusedOrigin,
    status: 403,
    expected: { ...nothing, ...preflight },
  },
];

/**
 * Asks each server what the policy says, and tells the answers in a table.
 *
 * @throws Error if one answers otherwise: it would be measured doing something else
 */
export async function verify(servers: ReadonlyMap<string, RunningServer>): Promise<Table> {
  const rows: string[][] = [];
  for (const [name, { port }] of servers) {
    const cells: string[] = [];
    for (const check of checks) {
      const answer = await ask(port, check);
      const wrong = faultOf(check, answer);
      if (wrong !== undefined) throw new Error(`${name}, ${check.title}: ${wrong}`);
      cells.push(`${answer.status} ✓`);
    }
    rows.push([name, ...cells]);
  }
  return {
    title:
      "Asked before: each answers as the policy says: status, all six CORS headers, Vary, and the upstream's own header gone",
    columns: ["server", ...checks.map(({ title }) => title)],
    rows,
  };
}

interface Answer {
  readonly status: number;
  readonly rawHeaders: readonly string[];
}

function ask(port: number, { method, origin }: Check): Promise<Answer> {
  const preflightHeaders = {
    "Access-Control-Request-Method": askedMethod,
    "Access-Control-Request-Headers": askedHeaders,
  };
  const headers = { Origin: origin, ...(method === "OPTIONS" ? preflightHeaders : {}) };
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: "/small", method, headers, agent: false }, (response) => {
      response.resume();
      response.once("end", () => resolve({ status: response.statusCode ?? 0, rawHeaders: response.rawHeaders }));
    });
    asked.setTimeout(5_000, () => asked.destroy(new Error("no answer in 5 s")));
    asked.once("error", reject);
    asked.end();
  });
}

function faultOf({ status, expected }: Check, answer: Answer): string | undefined {
  if (answer.status !== status) return `status ${answer.status} instead of ${status}`;
  for (const [name, value] of Object.entries(expected)) {
    const found = linesOf(answer, name).join(", ");
    const same = name === "vary" ? found.toLowerCase() === value : found === (value ?? "");
    if (!same) return `${name} is "${found}" instead of "${value ?? ""}"`;
  }
  return undefined;
}

function linesOf({ rawHeaders }: Answer, name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
