import type { Engine } from "@corsmith/cors/browser";
import type { Unreached } from "../check/unreached.ts";
import type { Severity } from "../reports/severity.ts";
import type { Openness } from "./evidence.ts";
import type { FindingCode } from "./finding-code.ts";

/**
 * What an audit found, as plain data. The keys are stable: others may be added, none changes its meaning. Secrets of the request stand as
 * placeholders; what the server said is capped and escaped.
 */
export interface AuditReport {
  /** `findings` if there is one that is worse than an information. */
  readonly verdict: "clean" | "findings" | "unreached";
  /** The verdict, one sentence. */
  readonly headline: string;
  readonly url: string;
  /** The origins that were said to be allowed, and whether they are. */
  readonly origins: readonly { readonly origin: string; readonly letIn: boolean }[];
  /** Whom the API lets in; missing if it was not reached. */
  readonly openness?: Openness;
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Every code that could be judged by the answers, in the order of the catalogue. */
  readonly judged: readonly FindingCode[];
  /** What the audit could not see, and why. */
  readonly notes: readonly string[];
  /** Why no answer came. */
  readonly unreached?: Unreached;
  /** How many requests went out, by method. */
  readonly sentByMethod: Readonly<Record<string, number>>;
}

/** One misconfiguration. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly title: string;
  /** What the server did. */
  readonly says: string;
  /** What an attacker gets from it, or a user loses. */
  readonly means: string;
  readonly fix: { readonly who: "server" | "proxy" | "client"; readonly what: string };
  /** Where a standard speaks of it. */
  readonly section: string;
  /** Numbers of the Common Weakness Enumeration. */
  readonly cwe: readonly number[];
  /** Browsers that let a page read the answer, where that is the claim. */
  readonly readableIn?: readonly Engine[];
  /** Codes of what was seen beside it, and has the same cause. */
  readonly sameCause: readonly FindingCode[];
  /** The most telling first. */
  readonly evidence: readonly EvidenceItem[];
}

/** A probe and its answer. */
export interface EvidenceItem {
  /** To see it oneself. */
  readonly curl: string;
  readonly status: number;
  /** The lines of the answer that CORS looks at. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}
