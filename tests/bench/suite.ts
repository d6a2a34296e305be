import type { Spread } from "./spread.ts";
import type { Table } from "./table.ts";

/** Something that is measured as a whole. */
export interface Suite {
  readonly name: string;
  /** What it measures, in a line. */
  readonly about: string;
  readonly run: (context: BenchContext) => Promise<Report>;
}

/** How a suite is to run. */
export interface BenchContext {
  /** As short as it can be: to see that it runs, not for figures. */
  readonly quick: boolean;
  /** Tells who waits what is going on. */
  readonly progress: (what: string) => void;
}

/** What a suite found. */
export interface Report {
  /** What was measured, with what, and what the reader must know to judge it. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
}

/** A figure for programs: a later run, or a target, finds it by its id. */
export interface Figure extends Spread {
  /** Stable: `one-origin/actual-allowed/engine`. */
  readonly id: string;
  readonly unit: "ratio" | "ns" | "µs" | "ms" | "s" | "requests/s" | "traces/s";
}
