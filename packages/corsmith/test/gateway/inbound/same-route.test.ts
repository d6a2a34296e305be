import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { definePolicy, type Policy } from "@corsmith/cors";
import { cors, type NodeMiddleware, type NodeResponse } from "@corsmith/cors/node";
import { defineRoutes, type PoliciesByRoute } from "@corsmith/cors/routes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { effort } from "../../../../../tests/support/effort.ts";
import { trustedPeers } from "../../../src/gateway/inbound/hop.ts";
import { defaultGatewayLimits } from "../../../src/gateway/inbound/limits.ts";
import { type ReadingTerms, readRequest } from "../../../src/gateway/inbound/read-request.ts";

const page = "https://app.example.com";
const host = "api.example.com";

/** 20,000 tables with 50 targets each: a million. The short form tries a tenth of them. */
const tablesTried = effort(20_000);
const targetsEach = 50;

/** Policies that can be told by their answers, and `false` among them. */
const policies: readonly (Policy | false)[] = [
  ...[0, 1, 2, 3].map((number) =>
    definePolicy({ allowOrigins: [page], maxAge: number, exposeHeaders: [`x-policy-${number}`] }),
  ),
  false,
];

const segment = fc.constantFrom("a", "b", "*", "A", "é");
const tables = fc
  .record({
    policy: fc.constantFrom(...policies),
    routes: fc.uniqueArray(
      fc.record({
        path: fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join("/")}`),
        policy: fc.constantFrom(...policies),
      }),
      { maxLength: 4, selector: ({ path }) => path.toLowerCase() },
    ),
    basePath: fc.constantFrom(undefined, undefined, "/stage"),
  })
  .map(({ policy, routes, basePath }) => ({ policy, routes, ...(basePath !== undefined && { basePath }) }));

const pieces = [
  ...[
    "/",
    "/",
    "/",
    "a",
    "b",
    "x",
    "A",
    ".",
    "..",
    "stage",
    "//",
    "/../",
    "..;/",
    ";v=1",
    "\\",
    "*",
    "%",
    "%2",
    "?",
    "#",
  ],
  ...[
    "%2f",
    "%5c",
    "%3b",
    "%2e%2e",
    "%61",
    "%252e",
    "%252f",
    "%3f",
    "%23",
    "%00",
    "%c3%a9",
    "\u00c3\u00a9",
    "://",
    ":",
    "@",
  ],
];
const rest = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""));
const targets = fc.oneof(
  { weight: 6, arbitrary: rest.map((text) => `/${text}`) },
  // The absolute form, the authority form, what is neither, the asterisk, nothing.
  { weight: 2, arbitrary: rest.map((text) => `http://${host}${text}`) },
  { weight: 1, arbitrary: rest.map((text) => `HTTPS://${host.toUpperCase()}/${text}`) },
  { weight: 1, arbitrary: rest.map((text) => `ws://other.example/${text}`) },
  { weight: 1, arbitrary: rest },
  { weight: 1, arbitrary: fc.constantFrom("*", "", "/", `${host}:443`, `//${host}/a`) },
);

/** Whose answer this is: the number of a policy, `none` where there is no CORS of ours, `closed` where nothing is granted. */
type Whose = string;

const request = new IncomingMessage(new Socket());

function receive(method: string, url: string): IncomingMessage {
  request.method = method;
  request.url = url;
  request.httpVersion = "1.1";
  request.rawHeaders = ["Host", host, "Origin", page];
  if (method === "OPTIONS") request.rawHeaders.push("Access-Control-Request-Method", "PUT");
  return request;
}

class SeenAnswer implements NodeResponse {
  statusCode = 200;
  headersSent = false;
  readonly headers = new Map<string, string>();
  writeHead = (): void => {};
  getHeaderNames = (): string[] => [...this.headers.keys()];
  getHeader = (name: string): string | undefined => this.headers.get(name.toLowerCase());
  setHeader = (name: string, value: string | readonly string[]): void => {
    this.headers.set(name.toLowerCase(), String(value));
  };
  removeHeader = (name: string): void => {
    this.headers.delete(name.toLowerCase());
  };
  end(): void {}
}

function whoseByAdapter(guard: NodeMiddleware, method: string, target: string): Whose {
  const response = new SeenAnswer();
  guard(receive(method, target), response, () => response.writeHead());
  if (response.getHeader("vary") === undefined) return "none";
  const [told, shown] = [
    response.getHeader("access-control-max-age"),
    response.getHeader("access-control-expose-headers"),
  ];
  return told ?? shown?.replace("x-policy-", "") ?? "closed";
}

function whoseByGateway(terms: ReadingTerms, method: string, target: string): Whose | "refused" {
  const read = readRequest(terms, receive(method, target), false);
  if (!("path" in read.target)) return "refused";
  if (read.match.ambiguous === true) return "closed";
  return read.match.policy === false ? "none" : String(policies.indexOf(read.match.policy));
}

test("S96: a preflight and its request are under one policy, and the gateway and the adapters agree on it", {
  timeout: 600_000,
}, () => {
  const seen = new Map<Whose, number>();
  const property = fc.property(
    tables,
    fc.array(targets, { minLength: targetsEach, maxLength: targetsEach }),
    (table: PoliciesByRoute, asked) => {
      const guard = cors(table, { onStacked: () => {} });
      const terms: ReadingTerms = {
        limits: defaultGatewayLimits,
        trusted: trustedPeers([]),
        routes: defineRoutes(table),
      };
      for (const target of asked) {
        const adapter = whoseByAdapter(guard, "OPTIONS", target);
        const others = [
          whoseByAdapter(guard, "PUT", target),
          whoseByGateway(terms, "OPTIONS", target),
          whoseByGateway(terms, "PUT", target),
        ];
        // A million calls of `expect` would take longer than all the rest.
        const differs = others.some((whose) => whose !== adapter && whose !== "refused");
        if (differs) expect(others, target).toEqual([adapter, adapter, adapter]);
        const kind = others.includes("refused") ? "refused" : adapter;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    },
  );
  fc.assert(property, tablesTried);
  const tried = [...seen.values()].reduce((sum, count) => sum + count, 0);
  for (const whose of ["refused", "closed", "none", "0", "1", "2", "3"]) {
    expect(seen.get(whose) ?? 0, whose).toBeGreaterThan(tried / 50);
  }
});
