import type { ExplanationCode } from "./explanation-code.ts";

/** Who can end a failure: whoever answers, whoever wrote the page (or sits before it), or whoever runs what stands between. */
export type Actor = "server" | "client" | "proxy";

/**
 * `cors`: a decision of the CORS protocol. `lookalike`: reported as one or beside it, the cause lies elsewhere. `silent`: the console
 * says nothing of it. `request`: the page asked for what a request cannot be.
 */
export type Kind = "cors" | "lookalike" | "silent" | "request";

/** When it happens: before anything is sent, on the way, at the preflight, at a redirect, at the answer, or after it, in the page. */
export type Phase = "request" | "network" | "preflight" | "redirect" | "response" | "page";

/** Where the rule is written. */
export interface Section {
  readonly name: string;
  readonly url: string;
}

/** What can be done, and by whom. */
export interface Fix {
  readonly who: Actor;
  readonly what: string;
}

/**
 * How it is reported, by whom: texts in which `{url}`, `{origin}`, `{method}`, `{header}`, `{value}`, `{status}` and `{from}` stand for
 * what differs. Chromium writes `Access to fetch at … has been blocked by CORS policy: ` before most of its own.
 */
export interface Messages {
  readonly chromium?: readonly string[];
  readonly firefox?: readonly string[];
  readonly webkit?: readonly string[];
  /** Libraries of pages, and bodies that servers write. */
  readonly others?: readonly string[];
}

/** All that is to be said of one failure. */
export interface Explanation {
  readonly code: ExplanationCode;
  readonly kind: Kind;
  readonly phase: Phase;
  readonly title: string;
  /** What the browser checks, in a sentence or two. */
  readonly rule: string;
  readonly section: Section;
  /** The name that Firefox gives the reason; the link at the end of its message ends in it. */
  readonly firefoxName?: string;
  readonly messages: Messages;
  /** Why it happens, likeliest first. */
  readonly causes: readonly string[];
  /** Best first. */
  readonly fixes: readonly Fix[];
  readonly seeAlso: readonly ExplanationCode[];
}

/** What a file of the catalogue holds: explanations by their codes. */
export type Theme<Code extends ExplanationCode> = Readonly<Record<Code, Entry>>;

type Entry = Omit<Explanation, "code" | "seeAlso"> & Partial<Pick<Explanation, "seeAlso">>;
