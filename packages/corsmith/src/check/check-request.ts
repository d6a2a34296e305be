import type { Engine, Header } from "@corsmith/cors/browser";
import type { RealEngine } from "../engines/engine.ts";
import type { SafeClientOptions } from "../live/safe-client.ts";

/** The request that a page would make. */
export interface CheckRequest {
  /** Absolute, http: or https:. */
  readonly url: string;
  /** The page's origin, serialized; `"null"` for an opaque one. */
  readonly origin: string;
  readonly method: string;
  /** Those that the script sets. One whose value has the library's `hidden` in it takes part in the check and is not sent. */
  readonly headers: readonly Header[];
  /** `credentials: "include"`. */
  readonly credentials: boolean;
  /** What the browser's cookie store holds for the URL's origin; sent only together with `credentials`. */
  readonly cookies?: string;
  readonly mode?: "cors" | "no-cors" | "same-origin";
  readonly redirect?: "follow" | "error" | "manual";
  /** Sent only with `send`. */
  readonly body?: string;
}

/** How to check it. `send` sends the method and the body as they are, whatever they do; without it only GET, HEAD and OPTIONS go out. */
export interface CheckOptions extends SafeClientOptions {
  /** Whose verdict decides; without it the request is blocked if any of the three browsers blocks it. */
  readonly engine?: Engine;
  /** Send a few more requests than a browser would, to find out why. Default true. */
  readonly probes?: boolean;
  /** A browser of this machine that makes the same request. */
  readonly browser?: RealEngine;
}
