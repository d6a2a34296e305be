import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Tone } from "../format/labels.ts";
import "./valid-language.ts";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart-panel.css";

/** One line of a chart. */
export interface ChartLine {
  readonly name: string;
  readonly tone: Tone;
  readonly values: readonly number[];
}

interface TimeChartProps {
  /** Milliseconds since 1970, the beginning of each point. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
}

/** Allowed is a plain line, each other tone has its own dashes: colour is never needed. */
const dashes = { yes: [], no: [6, 3], warn: [2, 3], neutral: [1, 4] } as const;

/** Numbers over time. The same numbers are in a table beside it, for those who cannot see a drawing. */
export function TimeChart({ times, lines }: TimeChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const shape = lines.map(({ name, tone }) => `${name} ${tone}`).join("|");
  const data: uPlot.AlignedData = [times.map((time) => time / 1000), ...lines.map(({ values }) => [...values])];
  const current = useRef(data);
  current.current = data;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const draw = (): void => {
      chart.current?.destroy();
      chart.current = new uPlot(options(element, lines), current.current, element);
    };
    draw();
    const resized = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    resized.observe(element);
    const stop = onThemeChange(draw);
    return () => {
      stop();
      resized.disconnect();
      chart.current?.destroy();
    };
  }, [shape]);
  useEffect(() => chart.current?.setData(data), [data]);
  return <div class="time-chart" ref={place} aria-hidden="true" />;
}

function options(element: HTMLElement, lines: readonly ChartLine[]): uPlot.Options {
  const quiet = colour(element, "--quiet");
  const line = colour(element, "--line");
  const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, high) => [0, Math.max(4, high * 1.1)] } },
    axes: [
      { ...axis, values: (_, ticks, __, ___, step) => ticks.map((tick) => timeWord(tick, step)) },
      { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6, 1e7] },
    ],
    series: [
      {},
      ...lines.map(({ tone }) => ({
        stroke: colour(element, tone === "neutral" ? "--quiet" : `--${tone}`),
        // Only what is allowed is filled: an area on top would hide the line behind it.
        ...(tone === "yes" ? { fill: colour(element, "--yes-wash") } : {}),
        width: 2,
        dash: [...dashes[tone]],
        points: { show: false },
      })),
    ],
  };
}

/** Hours and minutes; days, where the steps are days. */
function timeWord(seconds: number, step: number): string {
  const time = new Date(seconds * 1000);
  return step < 86_400
    ? time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
    : time.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** A colour of the page as the canvas understands it; `light-dark()` must have been decided. */
function colour(element: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function onThemeChange(redraw: () => void): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(redraw);
  scheme.addEventListener("change", redraw);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    scheme.removeEventListener("change", redraw);
    chosen.disconnect();
  };
}
