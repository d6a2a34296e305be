import { nodeTransport, type Transport } from "../browser/index.ts";
import { parseUrl } from "../http/parse-url.ts";
import { type Server, toTransport, urlOf } from "./server.ts";
import { known } from "./transports.ts";

/** Servers by their origins: `{ "https://api.example.com": app }`. One that listens elsewhere is asked there. */
export type ServersByOrigin = Readonly<Record<string, Server>>;

/** What happens to requests to all other origins. */
export type Elsewhere = "refuse" | "network";

/**
 * Several servers as one network. Requests to origins that are not named are refused like those to a port where nothing listens, or go
 * out to the real network.
 *
 * @throws {TypeError} if a name is not an origin, or a server is invalid
 * @throws {PolicyError} if a server is a policy with a mistake
 *
 * @example
 * ```ts
 * import { openPage } from "@corsmith/cors/browser";
 * import { transportByOrigin } from "@corsmith/cors/testing";
 *
 * const transport = transportByOrigin({
 *   "https://api.example.com": { allowOrigins: ["https://app.example.com"] },
 *   "https://cdn.example.com": () => new Response("{}"),
 * });
 * const page = openPage({ origin: "https://app.example.com", transport });
 * console.assert((await page.trace("https://api.example.com/")).outcome === "ok");
 * const elsewhere = await page.trace("https://elsewhere.example/");
 * console.assert(elsewhere.outcome === "error" && elsewhere.code === "server-down");
 * ```
 */
export function transportByOrigin(servers: ServersByOrigin, elsewhere: Elsewhere = "refuse"): Transport {
  const routes = new Map(Object.entries(servers).map(([origin, server]) => [readOrigin(origin), routeTo(server)]));
  return known((request) => {
    const origin = new URL(request.url).origin;
    const route = routes.get(origin);
    if (route !== undefined) return route(request);
    if (elsewhere === "network") return nodeTransport(request);
    const message = `This test has no server at ${origin}. Servers are at: ${[...routes.keys()].join(", ") || "(none)"}.`;
    return Promise.reject(Object.assign(new Error(message), { code: "ECONNREFUSED" }));
  });
}

function readOrigin(text: string): string {
  const url = parseUrl(text);
  if (url !== null && url.origin === text) return text;
  const fix = url === null || url.origin === "null" ? "https://api.example.com" : url.origin;
  throw new TypeError(`servers: ${JSON.stringify(text)} is not the origin of a server. Write "${fix}".`);
}

/** A server that listens at one place may stand for another: only the address changes, `Host` too. */
function routeTo(server: Server): Transport {
  const listening = urlOf(server);
  const transport = toTransport(server);
  if (listening === undefined) return transport;
  return (request) => {
    const { pathname, search } = new URL(request.url);
    return transport({ ...request, url: `${listening.origin}${pathname}${search}` });
  };
}
