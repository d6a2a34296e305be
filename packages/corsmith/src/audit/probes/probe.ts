import { randomBytes, randomInt } from "node:crypto";
import type { HeaderList } from "@corsmith/cors/browser";
import type { WireAnswer } from "../../live/send.ts";
import type { VariantCode } from "./origin-variant.ts";

/** What a probe is sent for; rules find its answer by it. */
export type Purpose =
  | "without-origin"
  /** A GET of a page that nobody can know, and another one of another such page. */
  | "stranger"
  | "other-stranger"
  | "stranger-with-cookie"
  | "stranger-preflight"
  | "null-origin"
  /** A GET of a page that is meant to be allowed. */
  | "known"
  | "known-preflight"
  | "strange-method"
  | "strange-header"
  | "authorization-header"
  | "private-network"
  | "missing-path"
  | "spelled-otherwise"
  | "cache-first"
  | "cache-second"
  /** A GET of a page whose origin looks like an allowed one, or is shared by strangers. */
  | "variant"
  | "other-input"
  | "two-origins"
  | "jsonp"
  | "policy-file"
  | "websocket"
  | "foreign-host";

/** A request that is safe to send. There is no other kind. */
export interface Probe {
  readonly purpose: Purpose;
  readonly method: "GET" | "OPTIONS";
  readonly url: string;
  /** Without the user's own. */
  readonly headers: HeaderList;
  /** The page that asks; undefined if no page does. */
  readonly origin?: string;
  /** Which mistake would let this origin in. */
  readonly variant?: VariantCode;
}

/** A probe that was answered. */
export interface Answered extends Probe {
  readonly answer: WireAnswer;
}

/** A GET as a page of this origin sends it. */
export function getAs(
  origin: string,
  url: string,
  purpose: Purpose,
  more: Partial<Pick<Probe, "headers" | "variant">> = {},
): Probe {
  const { headers = [], ...rest } = more;
  return { purpose, method: "GET", url, origin, headers: [["Origin", origin], ...headers], ...rest };
}

/** A preflight as a browser sends it. @see https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function preflightAs(
  origin: string,
  url: string,
  purpose: Purpose,
  asked: { readonly method?: string; readonly headers?: HeaderList } = {},
): Probe {
  const method = asked.method ?? "GET";
  const headers: HeaderList = [["Origin", origin], ["Access-Control-Request-Method", method], ...(asked.headers ?? [])];
  return { purpose, method: "OPTIONS", url, origin, headers };
}

/** A label that no server can have in a list. */
export function randomLabel(): string {
  return `c${randomBytes(5).toString("hex")}`;
}

/** A host under `.example`, which is nobody's by RFC 2606. */
export function randomHost(): string {
  return `${randomLabel()}.corsmith-audit.example`;
}

/** A port that no page is likely to be served on. */
export function randomPort(): number {
  return randomInt(20_000, 60_000);
}
