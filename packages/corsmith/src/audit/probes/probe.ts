import type { HeaderList } from "@corsmith/cors/browser";
import type { SafeRequest } from "../../live/paced-client.ts";
import type { LiveAnswer } from "../../live/send.ts";
import type { VariantCode } from "./origin-variant.ts";

/** What a probe is sent for; rules find its answer by it. */
export type Purpose =
  | "without-origin"
  /** A GET of a page that no server can know, and one of another such page. */
  | "unknown-origin"
  | "second-unknown-origin"
  | "unknown-origin-with-cookie"
  | "unknown-origin-preflight"
  | "null-origin"
  /** A GET of a page that is meant to be allowed. */
  | "known"
  | "known-preflight"
  | "unknown-method"
  | "unknown-header"
  | "authorization-header"
  | "private-network"
  | "missing-path"
  | "other-spelling"
  | "cache-first"
  | "cache-second"
  /** A GET of a page whose origin looks like an allowed one, or that anybody can use. */
  | "variant"
  | "other-input"
  | "two-origins"
  | "jsonp"
  | "policy-file"
  | "websocket"
  | "foreign-host";

/** A request of the audit, without the user's own headers. */
export interface Probe extends SafeRequest {
  readonly purpose: Purpose;
  /** The page that asks; undefined if no page does. */
  readonly origin?: string;
  /** Which mistake would allow this origin. */
  readonly variant?: VariantCode;
}

/** A probe that was answered. */
export interface Answered extends Probe {
  readonly answer: LiveAnswer;
}

/** A GET as a page of this origin sends it. */
export function getAs(origin: string, url: string, purpose: Purpose, headers: HeaderList = []): Probe {
  return { purpose, method: "GET", url, origin, headers: [["Origin", origin], ...headers] };
}

/** A preflight as a browser sends it. @see https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function preflightAs(
  origin: string,
  url: string,
  purpose: Purpose,
  headers: HeaderList = [],
  method = "GET",
): Probe {
  const asked: HeaderList = [["Origin", origin], ["Access-Control-Request-Method", method], ...headers];
  return { purpose, method: "OPTIONS", url, origin, headers: asked };
}
