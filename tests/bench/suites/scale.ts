import { loadLibrary } from "../built-library.ts";
import type { Effort } from "../interleave.ts";
import { measureBareSet } from "../scale/bare-set.ts";
import { type Growth, measureGrowth } from "../scale/growth.ts";
import { measureHostileLists } from "../scale/hostile-lists.ts";
import { originProbes, patternProbes } from "../scale/probe.ts";
import type { BenchContext, Report, Suite } from "../suite.ts";
import { tenantOrigin, tenantPattern } from "../tenant-origins.ts";

/** Does the cost of a decision grow with the policy, or with what a client sends? */
export const scaleSuite: Suite = {
  name: "scale",
  about: "the cost of decide, by the size of the policy and by hostile requests",
  run,
};

async function run({ quick, progress }: BenchContext): Promise<Report> {
  const library = await loadLibrary(quick);
  const effort = quick ? quickEffort : fullEffort;
  const origins: Growth = {
    id: "origins",
    title: "Exact origins: time at so many, divided by the time at one",
    sizes: quick ? [10, 1_000] : [10, 100, 1_000, 10_000, 100_000, 1_000_000],
    entry: tenantOrigin,
    probes: originProbes,
  };
  const patterns: Growth = {
    id: "patterns",
    title: "Subdomain patterns: time at so many, divided by the time at one",
    sizes: quick ? [10, 100] : [10, 100, 1_000, 10_000, 100_000],
    entry: tenantPattern,
    probes: patternProbes,
  };
  const parts = [
    measureGrowth(library, origins, effort, progress),
    measureBareSet(origins.sizes, effort),
    measureGrowth(library, patterns, effort, progress),
    measureHostileLists(library, hostileEffort(effort), progress),
  ];
  return {
    notes: notesOn(library.kind),
    tables: parts.map(({ table }) => table),
    figures: parts.flatMap(({ figures }) => figures),
  };
}

const fullEffort: Effort = { warmUpRounds: 5, rounds: 15, batches: 21, operations: 256 };
const quickEffort: Effort = { warmUpRounds: 1, rounds: 3, batches: 2, operations: 32 };

/** A megabyte a list: fewer of them. */
function hostileEffort(effort: Effort): Effort {
  return { ...effort, operations: 32 };
}

function notesOn(kind: "built" | "source"): readonly string[] {
  return [
    `Measured: decide alone, of ${kind === "built" ? "the built JavaScript" : "the sources"}, in turns with a policy of one entry. Row 1 holds the time there.`,
    'Every origin is a new string, as in a server, so its hash is computed each time. "16 of all" are the same few again and again, from all over the policy, as the pages are that people have open; "any of all" takes each entry as often as the others, so that in a large policy the processor waits for memory.',
  ];
}
