import { digits, formatRatio } from "../format-figure.ts";
import { ratioOf, spreadOf } from "../spread.ts";
import type { Figure } from "../suite.ts";
import type { Table } from "../table.ts";
import type { Load } from "./load.ts";
import type { Sample } from "./measure.ts";

const columns = ["server", "requests/s", "corsmith : it", "p50", "p99", "processor a request"];

/** Makes a table and figures of what one load came to. `corsmith` is among the servers. */
export function reportLoad(
  load: Load,
  workers: number,
  samples: ReadonlyMap<string, readonly Sample[]>,
): { readonly table: Table; readonly figures: readonly Figure[] } {
  const ours = (samples.get("corsmith") ?? []).map((sample) => sample.requestsPerSecond);
  const rows: string[][] = [];
  const figures: Figure[] = [];
  for (const [name, runs] of samples) {
    const rates = runs.map((sample) => sample.requestsPerSecond);
    const ratio = ratioOf(ours, rates);
    const rate = spreadOf(rates);
    const p50 = spreadOf(runs.map((sample) => sample.p50));
    const p99 = spreadOf(runs.map((sample) => sample.p99));
    const cpu = spreadOf(runs.map((sample) => sample.cpuPerRequest));
    rows.push([
      name,
      digits(rate.median),
      name === "corsmith" ? "" : formatRatio(ratio),
      `${p50.median.toFixed(2)} ms`,
      `${p99.median.toFixed(2)} ms`,
      `${cpu.median.toFixed(1)} µs`,
    ]);
    const id = `workers-${workers}/${load.id}/${name.toLowerCase().replace(/\W+/g, "-")}`;
    if (name !== "corsmith") figures.push({ id: `${id}/corsmith-to-it`, unit: "ratio", ...ratio });
    figures.push(
      { id: `${id}/rate`, unit: "requests/s", ...rate },
      { id: `${id}/p50`, unit: "ms", ...p50 },
      { id: `${id}/p99`, unit: "ms", ...p99 },
      { id: `${id}/cpu`, unit: "µs", ...cpu },
    );
  }
  const each = workers === 1 ? "one worker each" : `${workers} workers each`;
  return { table: { title: `${load.title}, ${each}`, columns, rows }, figures };
}
