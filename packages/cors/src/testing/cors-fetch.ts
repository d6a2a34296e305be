import { openPage, type PageOptions, type PageRequestInit, type Transport } from "../browser/index.ts";
import { type Server, toTransport, urlOf } from "./server.ts";
import { type Elsewhere, type ServersByOrigin, transportByOrigin } from "./transport-by-origin.ts";

/** A page and what answers it. */
export interface CorsFetchOptions extends Omit<PageOptions, "transport"> {
  /** Answers everything, whatever the URL. A URL of a server that listens is the base of relative ones instead. */
  readonly server?: Server;
  /** Answers by origin; instead of `server`. */
  readonly servers?: ServersByOrigin;
  /** What happens to requests to origins that are not among `servers`. Default `refuse`. */
  readonly elsewhere?: Elsewhere;
}

/** The platform's `fetch`, on a page. */
export type PageFetch = (input: string | URL | Request, init?: PageRequestInit) => Promise<Response>;

/**
 * A `fetch` that enforces CORS as a browser's does on a page of this origin: it can be handed to code that takes a `fetch`.
 *
 * @throws TypeError if the origin, the engine or a server is none
 * @throws {PolicyError} if a server is a policy with a mistake
 *
 * @example
 * ```ts
 * import { corsFetch } from "@corsmith/cors/testing";
 *
 * const fetch = corsFetch({ origin: "https://app.example.com", server: () => new Response("hello") });
 * const refused = await fetch("https://api.example.com/").catch((error) => error);
 * console.assert(refused instanceof TypeError);
 * console.assert(refused.cause.code === "missing-allow-origin");
 * ```
 */
export function corsFetch(options: CorsFetchOptions): PageFetch {
  const { server, servers, elsewhere, ...page } = options;
  const listening = server === undefined ? undefined : urlOf(server);
  const baseUrl = listening === undefined ? {} : { baseUrl: listening.href };
  return openPage({ ...baseUrl, ...page, transport: networkOf(server, servers, elsewhere) }).fetch;
}

function networkOf(
  server: Server | undefined,
  servers: ServersByOrigin | undefined,
  elsewhere: Elsewhere | undefined,
): Transport {
  if (server !== undefined && servers !== undefined) throw new TypeError("Give either server or servers, not both.");
  if (server !== undefined) return toTransport(server);
  return transportByOrigin(servers ?? {}, elsewhere ?? (servers === undefined ? "network" : "refuse"));
}
