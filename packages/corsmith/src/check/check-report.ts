import type { Engine, FailureCode, Header } from "@corsmith/cors/browser";
import type { Fix, Snippet } from "@corsmith/cors/explain";
import type { AnsweredBy } from "../live/answered-by.ts";
import type { Sent } from "../live/safe-client.ts";
import type { Unreached } from "../live/unreached.ts";
import type { Diagnosis, Warning } from "./check-finding.ts";
import type { CheckRequest } from "./check-request.ts";
import type { Basis, Judgement, Verdict } from "./judge.ts";
import type { BrowserReport } from "./real-browser.ts";
import type { CheckStep } from "./report-steps.ts";
import type { Expectation, Reproduction } from "./reproduction.ts";

/** A finding as the report has it: `says` is its message under the name that it had first. */
type Said<Finding extends { readonly message: string }> = Finding & { readonly says: string };

/**
 * What a browser would do with a live API, as plain data. The keys are stable: others may be added, none changes its meaning. What is
 * secret in the request stands as a placeholder; what the server said is capped.
 */
export interface CheckReport {
  readonly verdict: Verdict;
  /** The verdict and its reason, one sentence. */
  readonly headline: string;
  /** What the verdict rests on. */
  readonly basis: Basis;
  /** The request that was judged. */
  readonly request: Pick<CheckRequest, "method" | "url" | "origin" | "headers" | "credentials">;
  /** Whose verdict decides: an engine, or `browsers` for blocked-if-any-of-the-three-blocks. */
  readonly decidedBy: Engine | "browsers";
  readonly engines: readonly EngineVerdict[];
  /** Whose steps these are. */
  readonly stepsOf: Engine;
  readonly steps: readonly CheckStep[];
  /** What a real browser made of it, if one was asked. Its requests are not among `sent`. */
  readonly browser?: BrowserReport;
  /** Why it is blocked; missing if it is not. */
  readonly failure?: CheckFailure;
  /** What would fail next, in order, each as if those before it were fixed. */
  readonly next: readonly CheckFailure[];
  /** Would the request pass once all of these were fixed? */
  readonly passesThen: boolean;
  /** Why it is blocked, from what the server answered. */
  readonly diagnosis?: Said<Diagnosis>;
  /** Why no answer came. */
  readonly unreached?: Said<Unreached>;
  /** Who has to change what; what the answers show first. */
  readonly fixes: readonly Fix[];
  /** What to write, where it can be seen which program answered. */
  readonly snippet?: Snippet;
  /** The worst first; `id` is the code under the name that it had first. */
  readonly warnings: readonly (Said<Warning> & { readonly id: string })[];
  readonly expectation: Expectation;
  readonly reproduction: Reproduction;
  /** Every request that went out, in order. */
  readonly sent: readonly SentReport[];
  /** How many that were, by method. */
  readonly sentByMethod: Readonly<Record<string, number>>;
}

/** One engine's verdict. */
export interface EngineVerdict extends Pick<Judgement, "engine" | "verdict" | "basis"> {
  readonly code?: FailureCode;
  readonly message?: string;
  /** For how long it keeps the preflight's answer; missing if there was no preflight that was allowed. */
  readonly maxAgeSeconds?: number;
}

/** A rule that refuses. */
export interface CheckFailure {
  readonly code: FailureCode;
  readonly message: string;
  /** Which request's answer: `nothing` if the browser refuses to send one. */
  readonly at: "preflight" | "request" | "nothing";
  /** Whose answer; missing if nothing was sent. */
  readonly url?: string;
  /** Of the Fetch standard. */
  readonly section: string;
}

/** One request that went out. */
export interface SentReport extends Pick<Sent, "purpose" | "method" | "url"> {
  readonly status?: number;
  /** The lines of the answer that CORS looks at. */
  readonly corsHeaders: readonly Header[];
  readonly answeredBy?: AnsweredBy;
  /** Why no answer came. */
  readonly unreached?: Said<Unreached>;
}

/** The finding with its message under both names. */
export function said<Finding extends { readonly message: string }>(finding: Finding): Said<Finding> {
  return { ...finding, says: finding.message };
}
