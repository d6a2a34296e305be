import type { Series } from "corsmith/api";
import type { JSX } from "preact";
import lazy from "preact-iso/lazy";
import { NumberTable } from "../components/number-table.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { lineLabel, type Tone } from "../format/labels.ts";
import { count } from "../format/numbers.ts";
import "./chart-panel.css";

interface ChartPanelProps {
  readonly series: Series;
  /** What the lines are, for those who listen: `Decisions over time`. */
  readonly caption: string;
}

/** Always the same order, so that nothing changes places while someone reads. */
const order: readonly Tone[] = ["yes", "no", "warn", "neutral"];

/** The drawing is a file of its own: numbers are there before it is. */
const TimeChart = lazy(async () => (await import("./time-chart.tsx")).TimeChart);

/** A series, drawn; with its sums, and with the numbers as a table. */
export function ChartPanel({ series, caption }: ChartPanelProps): JSX.Element {
  const lines = series.lines
    .map(({ name, values }) => ({ ...lineLabel(name), name, values }))
    .sort((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone));
  return (
    <figure class="stack">
      <ul class="chart-sums row">
        {lines.map(({ name, label, tone, values }) => (
          <li key={name}>
            <StatusIcon tone={tone} /> {label}: <strong>{count(values.reduce((sum, value) => sum + value, 0))}</strong>
          </li>
        ))}
      </ul>
      <div class="chart-place">
        <TimeChart times={series.times} lines={lines} />
      </div>
      <details class="small">
        <summary>Show as a table</summary>
        <div class="chart-table">
          <NumberTable
            caption={caption}
            columns={["From", ...lines.map(({ label }) => label)]}
            rows={series.times.map((time, at) => ({
              key: time,
              head: new Date(time).toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short" }),
              values: lines.map(({ values }) => values[at] ?? 0),
            }))}
          />
        </div>
      </details>
    </figure>
  );
}
