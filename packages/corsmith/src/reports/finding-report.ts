import type { Finding, PolicySeverity, Severity } from "@corsmith/cors";

/** How findings can be written. */
export const reportFormats = ["text", "json", "sarif", "junit"] as const;

/** `text` is for people, the others are for programs. */
export type ReportFormat = (typeof reportFormats)[number];

/** What a rule looks for: the same in every run. */
export interface ReportedRule {
  readonly code: string;
  readonly title: string;
  /** What it means for those who have it. */
  readonly means: string;
  readonly fix: string;
  /** Where a standard speaks of it. */
  readonly section?: string;
  /** Numbers of the Common Weakness Enumeration. */
  readonly cwe: readonly number[];
}

/** A finding of any command, as the formats of CI systems need it. */
export interface ReportedFinding extends Finding<string, Severity | PolicySeverity> {
  /** A path relative to the repository's root, with `/`: CI systems take no other kind of place, not even for the URL of an API. */
  readonly file: string;
  /** Further lines, for those who want to reproduce it. */
  readonly evidence?: readonly string[];
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

/** The finding in plain text, line by line: message, place, fix, evidence. */
export function textOf({ message, file, line, path, who, fix, evidence = [] }: ReportedFinding): string {
  const place = line === undefined ? path || file : `${file}:${line}`;
  return [message, `At: ${place}`, `Fix: ${who === undefined ? "" : `${who}: `}${fix}`, ...evidence].join("\n");
}
