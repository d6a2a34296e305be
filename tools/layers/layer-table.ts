import { readFileSync } from "node:fs";

/** What one room, a folder of `src/`, may import from its neighbours. */
export interface Room {
  /** Rooms it may import from. */
  readonly imports?: readonly string[];
  /** Rooms of which it may import the types, and nothing else. */
  readonly types?: readonly string[];
}

/** The rules of one package. */
export interface PackageLayers {
  /** Files of `src/` itself; they may import from every room. */
  readonly entries: readonly string[];
  /** Files of `src/` itself that every room may import, and that import nothing of the package. */
  readonly foundations?: readonly string[];
  /** Packages that it may import; `*` for all that its package.json names. */
  readonly outside: readonly string[];
  /** Beginnings of the paths below `src/` that may import Node's builtins; `*` for all. */
  readonly nodeBuiltins: readonly string[];
  readonly rooms: Readonly<Record<string, Room>>;
}

/** From the package's folder to its rules. */
export type LayerTable = Readonly<Record<string, PackageLayers>>;

/** The project's own table, `tools/layers.json`. */
export function readLayerTable(): LayerTable {
  return JSON.parse(readFileSync(new URL("../layers.json", import.meta.url), "utf8"));
}
