import type { SectionName } from "./sections.ts";

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

/**
 * What the simulator itself reports about a failure. In a chapter these are a constant of their own, before the explanations: a
 * bundle with the simulator keeps them and drops the rest.
 */
export interface Failure {
  /** What to do, and who, in one sentence. */
  readonly fix: string;
  /** The names under which Chromium reports it: a `CorsError`, a `net::ERR_…`, or `TypeError` for a request that cannot be made. */
  readonly chromium: readonly string[];
}

/** Everything else about one failure, as a chapter writes it down. */
export interface Entry {
  readonly kind: Kind;
  readonly phase: Phase;
  readonly title: string;
  /** What the browser checks, in a sentence or two. */
  readonly rule: string;
  readonly section: SectionName;
  /** The name that Firefox gives the reason; the link at the end of its message ends in it. */
  readonly firefoxName?: string;
  readonly messages?: Messages;
  /** Why it happens, likeliest first. */
  readonly causes: readonly string[];
  /** What each can do; who does best comes first. */
  readonly fixes: Readonly<Partial<Record<Actor, string | readonly string[]>>>;
  /** Codes of misconfigurations that are the same fact, seen from the server's side. */
  readonly misconfigurations?: readonly string[];
  /** Other codes of the catalogue. */
  readonly seeAlso?: readonly string[];
}

/** The entries of one theme, by code. */
export type Chapter<Code extends string> = Readonly<Record<Code, Entry>>;

/** A chapter of entries that have much in common; what an entry says itself comes before that. */
/* @__NO_SIDE_EFFECTS__ */
export function chapter<Code extends string, Common extends Partial<Entry>>(
  common: Common,
  entries: Readonly<Record<Code, Omit<Entry, keyof Common> & Partial<Entry>>>,
): Chapter<Code> {
  const whole = Object.entries<Partial<Entry>>(entries).map(([code, entry]) => [code, { ...common, ...entry }]);
  return Object.fromEntries(whole) as Chapter<Code>;
}

/** The same messages about the response to a preflight: Chromium puts that before its own. */
/* @__NO_SIDE_EFFECTS__ */
export function ofPreflight(messages: Messages): Messages {
  const before = "Response to preflight request doesn't pass access control check: ";
  return { ...messages, chromium: (messages.chromium ?? []).map((message) => before + message) };
}
