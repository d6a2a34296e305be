import { benchPolicy } from "../bench-policy.ts";
import type { Library } from "../built-library.ts";
import { formatNanoseconds, formatRatio } from "../format-figure.ts";
import { freshText } from "../fresh-text.ts";
import { type Effort, interleave, type Prepare } from "../interleave.ts";
import { ratioOf, spreadOf } from "../spread.ts";
import type { BenchContext, Figure } from "../suite.ts";
import type { Table } from "../table.ts";
import type { Probe } from "./probe.ts";

/** Policies that grow by one kind of entry. */
export interface Growth {
  readonly id: "origins" | "patterns";
  readonly title: string;
  /** Each is compared with 1. */
  readonly sizes: readonly number[];
  readonly entry: (index: number) => string;
  readonly probes: readonly Probe[];
}

/** Measures `decide` under each size of policy, in turns with a policy of one entry. */
export function measureGrowth(
  { core }: Library,
  growth: Growth,
  effort: Effort,
  progress: BenchContext["progress"],
): { readonly table: Table; readonly figures: readonly Figure[] } {
  const policyOf = (size: number) =>
    core.definePolicy(benchPolicy(Array.from({ length: size }, (_, at) => growth.entry(at))));
  const one = policyOf(1);
  const figures: Figure[] = [];
  const rows: string[][] = [];
  let atOne: readonly string[] = [];
  for (const size of growth.sizes) {
    progress(`${size.toLocaleString("en")} ${growth.id}`);
    const begun = performance.now();
    const many = policyOf(size);
    const seconds = (performance.now() - begun) / 1_000;
    figures.push({ id: `${growth.id}/${size}/build`, unit: "s", median: seconds, min: seconds, max: seconds });
    const measured = growth.probes.map((probe) => {
      const work = (policy: typeof one, entries: number) => batchesOf(core.decide, policy, probe, entries);
      const spent = interleave({ one: work(one, 1), many: work(many, size) }, effort);
      const ratio = ratioOf(spent.many, spent.one);
      const id = `${growth.id}/${size}/${probe.id}`;
      figures.push(
        { id: `${id}/to-one`, unit: "ratio", ...ratio },
        { id: `${id}/one`, unit: "ns", ...spreadOf(spent.one) },
        { id: `${id}/many`, unit: "ns", ...spreadOf(spent.many) },
      );
      return { one: spreadOf(spent.one).median, ratio };
    });
    atOne = measured.map((of) => formatNanoseconds(of.one));
    rows.push([size.toLocaleString("en"), ...measured.map((of) => formatRatio(of.ratio)), `${seconds.toFixed(2)} s`]);
  }
  const columns = [growth.id, ...growth.probes.map(({ title }) => title), "built in"];
  return { table: { title: growth.title, columns, rows: [["1", ...atOne], ...rows] }, figures };
}

function batchesOf(
  decide: Library["core"]["decide"],
  policy: Parameters<Library["core"]["decide"]>[0],
  probe: Probe,
  entries: number,
): Prepare {
  const next = probe.of(entries);
  return (operations) => {
    const origins = Array.from({ length: operations }, () => freshText(next()));
    return () => {
      let allowed = 0;
      for (const origin of origins) {
        if (decide(policy, { method: "GET", origin }).reason === "allowed") allowed += 1;
      }
      if (allowed !== (probe.allowed ? operations : 0))
        throw new Error(`${probe.title}: ${allowed} of ${operations} allowed.`);
    };
  };
}
