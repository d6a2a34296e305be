import { nodeTransport, type Transport } from "../browser/index.ts";
import { parseUrl } from "../http/parse-url.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import type { PoliciesByRoute } from "../routes/read-routes.ts";
import { type Handler, type HandlerObject, transportFromHandler } from "./transport-from-handler.ts";
import { transportFromPolicy } from "./transport-from-policy.ts";
import { isKnownTransport } from "./transports.ts";

/**
 * Whatever can answer in a test:
 * - a handler of the Fetch form, or an object with one as its `fetch` (a Hono or an h3 app, a Worker);
 * - a policy, what one is made of, or policies by route (`transportFromPolicy` takes a function that chooses one, and `false`, too);
 * - a transport: one that was made by a function of this module, or any other as `{ transport }`;
 * - the URL of a server that listens (an Express, Koa or Fastify app on a port of 127.0.0.1), asked over the network.
 */
export type Server =
  | Handler
  | HandlerObject
  | Policy
  | PolicyInput
  | PoliciesByRoute
  | Transport
  | { readonly transport: Transport }
  | string
  | URL;

/**
 * The transport by which a server is asked.
 *
 * @throws {PolicyError} if it is a policy with a mistake
 * @throws {RouteConflictError} if it is policies by route with one
 * @throws {TypeError} if it cannot answer
 */
export function toTransport(server: Server): Transport {
  if (typeof server === "string" || server instanceof URL) {
    readUrl(server);
    return nodeTransport;
  }
  if (typeof server === "function") {
    return isKnownTransport(server) ? server : transportFromHandler(server as Handler);
  }
  if (typeof server !== "object" || server === null) throw new TypeError(`${noServer}, and this is ${typeof server}.`);
  if ("fetch" in server && typeof server.fetch === "function") return transportFromHandler(server);
  if ("transport" in server && typeof server.transport === "function") return server.transport;
  return transportFromPolicy(server as PolicyInput | PoliciesByRoute);
}

const noServer =
  "A server is a handler, an object with a fetch, a policy, a transport as { transport }, or the URL of one that listens";

/**
 * The URL at which the server listens; undefined for one that does not.
 *
 * @throws {TypeError} if a text is not such a URL
 */
export function urlOf(server: Server): URL | undefined {
  return typeof server === "string" || server instanceof URL ? readUrl(server) : undefined;
}

function readUrl(text: string | URL): URL {
  const url = parseUrl(String(text));
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw new TypeError(
    `${JSON.stringify(String(text))} is not the URL of a server. Write http://127.0.0.1:3000, for example.`,
  );
}
