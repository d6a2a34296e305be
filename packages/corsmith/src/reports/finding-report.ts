import type { Severity } from "./severity.ts";

/** What a rule looks for: the same in every run. */
export interface ReportedRule {
  readonly code: string;
  readonly title: string;
  /** What it means for whoever has it. */
  readonly means: string;
  readonly fix: string;
  /** Where a standard speaks of it. */
  readonly section?: string;
  /** Numbers of the Common Weakness Enumeration. */
  readonly cwe: readonly number[];
}

/** A finding of any command, as the formats of CI systems need it. */
export interface ReportedFinding {
  readonly code: string;
  readonly severity: Severity;
  /** What was seen, in plain text. */
  readonly says: string;
  /** What to do. */
  readonly fix: string;
  /** Further lines for whoever wants to see it oneself. */
  readonly evidence: readonly string[];
  readonly place: Place;
}

/** Where a finding is. */
export interface Place {
  /** A path relative to the repository's root, with `/`. CI systems take no other kind of URL for it. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** What is meant where that is no file, such as the URL of an API. */
  readonly name?: string;
}

/** All that a command found. */
export interface FindingReport {
  /** The command: `audit`. */
  readonly command: string;
  /** What was looked at. */
  readonly subject: string;
  readonly version: string;
  /** Every rule that could have found something. */
  readonly rules: readonly ReportedRule[];
  readonly findings: readonly ReportedFinding[];
}

/** How findings can be written. */
export const reportFormats = ["text", "json", "sarif", "junit"] as const;

/** `text` is for people, the others are for programs. */
export type ReportFormat = (typeof reportFormats)[number];

/** Undefined if there is no format of this name. */
export function parseReportFormat(text: string): ReportFormat | undefined {
  return reportFormats.find((format) => format === text.toLowerCase());
}
