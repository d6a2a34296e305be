import type { Series } from "corsmith/api";
import type { JSX } from "preact";
import lazy from "preact-iso/lazy";
import { Sign, type Standing } from "../components/status-icon.tsx";
import { count } from "../format/numbers.ts";
import "./chart-panel.css";

interface ChartPanelProps {
  readonly series: Series;
  /** What the lines are, for those who listen: `Decisions over time`. */
  readonly caption: string;
  /** How a line is called, and what it stands for. */
  readonly line: (name: string) => { readonly word: string; readonly standing: Standing };
}

/** Always the same, whichever is more: so nothing changes places while one looks. */
const order: readonly Standing[] = ["yes", "no", "look", "neutral"];

/** The drawing is a file of its own: numbers are there before it is. */
const TimeChart = lazy(async () => (await import("./time-chart.tsx")).TimeChart);

/** A series, drawn; with its sums, and with the numbers as a table for whoever wants them. */
export function ChartPanel({ series, caption, line }: ChartPanelProps): JSX.Element {
  const lines = series.lines
    .map(({ name, values }) => ({ ...line(name), name, values }))
    .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  return (
    <figure class="chart-panel">
      <ul class="chart-sums">
        {lines.map(({ name, word, standing, values }) => (
          <li key={name}>
            <Sign standing={standing} /> {word}: <strong>{count(values.reduce((sum, value) => sum + value, 0))}</strong>
          </li>
        ))}
      </ul>
      <div class="chart-place">
        <TimeChart times={series.times} lines={lines} />
      </div>
      <details class="small">
        <summary>The numbers as a table</summary>
        <div class="chart-table">
          <table>
            <caption class="hidden">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">From</th>
                {lines.map(({ name, word }) => (
                  <th scope="col" class="number" key={name}>
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {series.times.map((time, at) => (
                <tr key={time}>
                  <th scope="row">
                    {new Date(time).toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short" })}
                  </th>
                  {lines.map(({ name, values }) => (
                    <td class="number" key={name}>
                      {count(values[at] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
