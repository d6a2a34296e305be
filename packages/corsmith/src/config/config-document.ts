import type { ConfigFinding } from "./config-finding.ts";

/** A place in a text file; both numbers count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a configuration file holds, before anything of it is checked. */
export interface ConfigDocument {
  readonly file: string;
  readonly value: unknown;
  /** What stood in the file when it was read. */
  readonly text: string;
  /** Where a path such as `routes[0].policy.maxAge` stands in the file, if that can be told. */
  locate(path: string): Position | undefined;
}

/** What came of reading a file. `files` are those whose edits can change the outcome: the file, and what it imports. */
export type ReadOutcome =
  | { readonly ok: true; readonly document: ConfigDocument; readonly files: readonly string[] }
  | { readonly ok: false; readonly findings: readonly ConfigFinding[]; readonly files: readonly string[] };
