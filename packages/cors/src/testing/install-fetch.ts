/// <reference lib="esnext.disposable" preserve="true" />
import { type CorsFetchOptions, corsFetch, type PageFetch } from "./cors-fetch.ts";

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
 * @throws TypeError if the origin, the engine or a server is none
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
  // Somebody may have kept it, or put it back after us: then it hands on.
  const installed: PageFetch = (input, init) => (restored ? before(input, init) : ours(input, init));
  const restore = (): void => {
    restored = true;
    if (globalThis.fetch === installed) globalThis.fetch = before;
  };
  globalThis.fetch = installed as typeof globalThis.fetch;
  return { fetch: installed, restore, [Symbol.dispose]: restore };
}
