import type { LookupFunction } from "node:net";
import type { Engine, Header } from "@corsmith/cors/browser";
import type { Unreached } from "../live/unreached.ts";
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

/** Which API is to be audited, and what is known of it. */
export interface AuditRequest {
  /** Absolute, http: or https:. */
  readonly url: string;
  /** Serialized origins that the API is meant to allow; `https://*.example.com` for all below a host. */
  readonly origins: readonly string[];
  /** Sent with every GET, such as a token: secrets among them are never shown. */
  readonly headers: readonly Header[];
}

/** How to go about it. */
export interface AuditOptions {
  /** Go on though the certificate is not trusted. Default false. */
  readonly insecure?: boolean;
  /** For each request, until its answer begins. Default 10. */
  readonly timeoutSeconds?: number;
  /** So many requests are sent in a second at most, one after the other. Default 20. */
  readonly perSecond?: number;
  /** Ask under a foreign Host too: for a service that is to be reached on this machine or network only. Default false. */
  readonly rebinding?: boolean;
  /** Finds the address of a name, where the system is not to be asked. */
  readonly lookup?: LookupFunction;
  /** Is told what is being done, before each request. */
  readonly onProgress?: (progress: AuditProgress) => void;
  readonly signal?: AbortSignal;
}

/** How far an audit is. */
export interface AuditProgress {
  /** What is being asked, in a few words. */
  readonly doing: string;
  /** Requests that went out. */
  readonly sent: number;
  /** How many it will be, as far as it is known yet. */
  readonly of: number;
}
