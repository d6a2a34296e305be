/// <reference lib="esnext.disposable" preserve="true" />
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
 * @throws {TypeError} if the origin, the engine or a server is invalid
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
  const { server } = options;
  const listening = server === undefined ? undefined : urlOf(server);
  const baseUrl = listening === undefined ? {} : { baseUrl: listening.href };
  return openPage({ ...baseUrl, ...options, transport: networkOf(options) }).fetch;
}

function networkOf({ server, servers, elsewhere }: CorsFetchOptions): Transport {
  if (server !== undefined && servers !== undefined) throw new TypeError("Give either server or servers, not both.");
  if (server !== undefined) return toTransport(server);
  return transportByOrigin(servers ?? {}, elsewhere ?? (servers === undefined ? "network" : "refuse"));
}

/** A `fetch` that stands in for the global one until it is disposed of. */
export interface InstalledFetch {
  /** The one that is installed. */
  readonly fetch: PageFetch;
  /** Puts back what was there. A second time it does nothing. */
  restore(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * Puts a `fetch` that enforces CORS in the place of the global one, so that code under test meets CORS as it will in a browser.
 * What was there comes back with `restore()`, or at the end of the block with `using`.
 *
 * @throws {TypeError} if the origin, the engine or a server is invalid
 * @throws {PolicyError} if a server is a policy with a mistake
 *
 * @example
 * ```ts
 * import { installFetch } from "@corsmith/cors/testing";
 *
 * const installed = installFetch({
 *   origin: "https://app.example.com",
 *   servers: { "https://api.example.com": { allowOrigins: ["https://app.example.com"] } },
 * });
 * const response = await fetch("https://api.example.com/orders");
 * installed.restore();
 * console.assert(response.type === "cors");
 * ```
 */
export function installFetch(options: CorsFetchOptions): InstalledFetch {
  const before = globalThis.fetch;
  const ours = corsFetch(options);
  let restored = false;
  // It may have been kept, or put back after us: then it passes calls on.
  const installed: PageFetch = (input, init) => (restored ? before(input, init) : ours(input, init));
  const restore = (): void => {
    restored = true;
    if (globalThis.fetch === installed) globalThis.fetch = before;
  };
  globalThis.fetch = installed as typeof globalThis.fetch;
  return { fetch: installed, restore, [Symbol.dispose]: restore };
}
