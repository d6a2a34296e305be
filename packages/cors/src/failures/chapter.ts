import type { FailureCode } from "./failure.ts";
import type { SectionName } from "./sections.ts";

/** Every failure that can be explained, by a code that stays: each of the simulator's, and those that only look like one. */
export type ExplanationCode =
  | FailureCode
  | "credentials-not-sent"
  | "header-response-header-sent-by-client"
  | "header-safelisted-value-too-long"
  | "cached-response-for-other-origin"
  | "origin-null"
  | "preflight-unauthorized"
  | "preflight-no-options-handler"
  | "preflight-refused-by-policy"
  | "preflight-network-failure"
  | "preflight-cache-stale"
  | "preflight-redirect-http-to-https"
  | "preflight-redirect-hsts"
  | "preflight-redirect-trailing-slash"
  | "preflight-redirect-login"
  | "cors-request-did-not-succeed"
  | "response-header-not-exposed"
  | "canvas-or-media-tainted"
  | "script-error-muted"
  | "offline"
  | "opaque-response-no-cors"
  | "cors-disabled-in-browser"
  | "origin-header-not-added"
  | "redirect-blocked"
  | "redirect-to-login"
  | "error-status"
  | "error-response-without-cors"
  | "gateway-error-without-cors"
  | "auth-error-without-cors"
  | "not-found-without-cors"
  | "body-too-large-413"
  | "rate-limited-429"
  | "waf-challenge"
  | "origin-not-in-allowlist"
  | "wrong-port-or-host"
  | "host-not-allowed-dev-server"
  | "cached-response-without-cors"
  | "csrf-origin-check-failed"
  | "websocket-origin-rejected"
  | "service-worker-failure"
  | "blocked-by-client"
  | "blocked-by-csp"
  | "blocked-by-orb"
  | "forbidden-request-header"
  | "local-network-access-denied"
  | "insecure-private-network"
  | "invalid-private-network-access"
  | "unexpected-private-network-access"
  | "private-network-permission-unavailable"
  | "preflight-missing-allow-private-network"
  | "preflight-invalid-allow-private-network";

/** Who can fix a failure: the server that answers, the page (client), or what is between them (proxy). */
export type Actor = "server" | "client" | "proxy";

/**
 * `cors`: a decision of the CORS protocol. `lookalike`: reported like one, but the cause is elsewhere. `silent`: the console says nothing
 * about it. `request`: the page asked for something that a request cannot be.
 */
export type Kind = "cors" | "lookalike" | "silent" | "request";

/** When it happens: before anything is sent, on the way, at the preflight, at a redirect, at the response, or after it, in the page. */
export type Phase = "request" | "network" | "preflight" | "redirect" | "response" | "page";

/** An engine that prints messages. */
export type Reporter = "chromium" | "firefox" | "webkit";

/**
 * How it is reported, by whom: texts in which `{url}`, `{origin}`, `{method}`, `{header}`, `{value}`, `{status}` and `{from}` stand for
 * what differs. Chromium writes `Access to fetch at … has been blocked by CORS policy: ` before most of its own. `others` are libraries
 * in pages, and bodies that servers write.
 */
export type Messages = Readonly<Partial<Record<Reporter | "others", readonly string[]>>>;

/** Everything else about one failure, as a chapter writes it down. */
export interface Entry {
  readonly kind: Kind;
  readonly phase: Phase;
  readonly title: string;
  /** What the browser checks, in a sentence or two. */
  readonly rule: string;
  readonly section: SectionName;
  /** The name that Firefox gives the reason; the link at the end of its message ends in it. */
  readonly firefoxName?: string | undefined;
  readonly messages?: Messages;
  /** Why it happens, likeliest first. */
  readonly causes: readonly string[];
  /** What each can do; who does best comes first. */
  readonly fixes: Readonly<Partial<Record<Actor, string | readonly string[]>>>;
  /** Codes of misconfigurations that are the same fact, seen from the server's side. */
  readonly misconfigurations?: readonly string[];
  readonly seeAlso?: readonly ExplanationCode[];
}

/** The entries of one theme, by code. */
export type Chapter = Readonly<Partial<Record<ExplanationCode, Entry>>>;

/** What a chapter has to say of each entry: what its entries do not have in common. */
type Entries<Common> = Readonly<Partial<Record<ExplanationCode, Omit<Entry, keyof Common> & Partial<Entry>>>>;

/**
 * A chapter of entries that have much in common; what an entry says itself comes before that. A `preflight-…` beside the entry of the same
 * name is the same fact about the response to a preflight, and reported by the same messages.
 */
export function chapter<Common extends Partial<Entry>>(common: Common): (entries: Entries<Common>) => Chapter {
  return (entries) => {
    const byCode: Readonly<Record<string, Partial<Entry>>> = entries;
    const whole = Object.entries(byCode).map(([code, entry]) => {
      const response = code.startsWith("preflight-") ? byCode[code.slice("preflight-".length)] : undefined;
      return [code, { ...common, ...(response && ofPreflight({ ...common, ...response })), ...entry }];
    });
    return Object.fromEntries(whole) as Chapter;
  };
}

/** Chromium puts what it is about before its own messages. */
function ofPreflight({ firefoxName, messages = {} }: Partial<Entry>): Partial<Entry> {
  const before = "Response to preflight request doesn't pass access control check: ";
  const chromium = (messages.chromium ?? []).map((message) => before + message);
  return { phase: "preflight", section: "cors-preflight-fetch", firefoxName, messages: { ...messages, chromium } };
}
