import type { Finding, Severity } from "@corsmith/cors";
import type { Engine, Header } from "@corsmith/cors/browser";
import type { PacedOptions } from "../live/paced-client.ts";
import type { Unreached } from "../live/unreached.ts";
import type { MisconfigurationCode, misconfigurationOf } from "../misconfigurations/catalogue.ts";
import type { Openness } from "./evidence.ts";

/** Which API is to be audited, and what is known of it. */
export interface AuditRequest {
  /** Absolute, http: or https:. */
  readonly url: string;
  /** Serialized origins that the API is meant to allow; `https://*.example.com` for all below a host. */
  readonly origins: readonly string[];
  /** Sent with every GET, such as a token: secrets among them are never shown. */
  readonly headers: readonly Header[];
}

/** How to audit it. */
export interface AuditOptions extends PacedOptions {
  /** Ask under a foreign Host too: for a service that is meant for this machine or network only. Default false. */
  readonly rebinding?: boolean;
}

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
  /** Which pages the API allows; missing if it was not reached. */
  readonly openness?: Openness;
  /** The worst first. */
  readonly findings: readonly AuditFinding[];
  /** Every code that could be judged by the answers, in the order of the catalogue. */
  readonly judged: readonly MisconfigurationCode[];
  /** What the audit could not see, and why. */
  readonly notes: readonly string[];
  /** Why no answer came; `says` is its message under the name that it had first. */
  readonly unreached?: Unreached & { readonly says: string };
  /** How many requests went out, by method. */
  readonly sentByMethod: Readonly<Record<string, number>>;
}

/** One misconfiguration; its path is the API's URL, its value what Access-Control-Allow-Origin said. */
export interface AuditFinding
  extends Finding<MisconfigurationCode, Severity>,
    Pick<ReturnType<typeof misconfigurationOf>, "title" | "means" | "section" | "cwe"> {
  /** What the server did: the message under the name that it had first. */
  readonly says: string;
  /** Browsers that let a page read the answer, where that is the claim. */
  readonly readableIn?: readonly Engine[];
  /** Codes of what was seen beside it, and has the same cause. */
  readonly sameCause: readonly MisconfigurationCode[];
  /** The most telling first. */
  readonly evidence: readonly EvidenceItem[];
}

/** A probe and its answer. */
export interface EvidenceItem {
  /** To reproduce it. */
  readonly curl: string;
  readonly status: number;
  /** The lines of the answer that CORS looks at. */
  readonly headers: readonly Header[];
}
