import { realpathSync, statSync } from "node:fs";
import type { ConfigFinding } from "./config-finding.ts";

/** A place in a text file; both numbers count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a configuration file holds, before anything of it is checked. */
export interface ConfigDocument {
  readonly value: unknown;
  /** What stood in the file when it was read. */
  readonly text: string;
  /** Where a path such as `routes[0].policy.maxAge` stands in the file, if that is known. */
  locate(path: string): Position | undefined;
}

/** What came of reading a file. `files` are those whose edits can change the outcome: the file, and what it imports. */
export type ReadOutcome =
  | { readonly ok: true; readonly document: ConfigDocument; readonly files: readonly string[] }
  | { readonly ok: false; readonly findings: readonly ConfigFinding[]; readonly files: readonly string[] };

/** Files by name, each with what it was when it was last looked at. */
export type FileStates = ReadonlyMap<string, string>;

/** A text that changes with every edit of the file, its replacement and its removal too, and with nothing else. */
export function fileState(file: string): string {
  try {
    const { ino, mtimeNs, ctimeNs, size } = statSync(file, { bigint: true });
    return [realpathSync(file), ino, mtimeNs, ctimeNs, size].join(" ");
  } catch {
    return "not there";
  }
}

/** Where something was written: a path in the file, or the name of a flag or variable. */
export interface Place {
  readonly kind: "file" | "outside";
  readonly path: string;
}

/**
 * Says where a part of the merged configuration was written: `policy.maxAge` may stand in the file under that path, under
 * `$production.policy.maxAge`, or in `CORS_MAX_AGE`.
 */
export type Places = ReadonlyMap<string, Place>;

/** The place of a path: that of its longest known beginning, with the rest behind it; in the file under the path itself otherwise. */
export function placeOf(places: Places, path: string): Place {
  for (let end = path.length; end > 0; end = lastStep(path, end)) {
    const place = places.get(path.slice(0, end));
    if (place) return { kind: place.kind, path: joinPath(place.path, path.slice(end)) };
  }
  return { kind: "file", path };
}

/** Joins two paths: `routes[0]` and `policy`, `policy` and `.maxAge`, or nothing and `maxAge`. */
export function joinPath(base: string, rest: string): string {
  const plain = rest.replace(/^\./, "");
  if (base === "" || plain === "") return base + plain;
  return plain.startsWith("[") ? base + plain : `${base}.${plain}`;
}

function lastStep(path: string, end: number): number {
  return Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1));
}
