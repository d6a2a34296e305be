import type { Attributes } from "@opentelemetry/api";

/** What an instrument measures, and by what it is parted. Every instrument that we have stands in {@link instruments}. */
export interface InstrumentDefinition {
  /** By the OpenTelemetry conventions: dots, no unit, no `_total`. */
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  /** A unit of UCUM: `s`, or a word in braces for things that are counted. */
  readonly unit: string;
  readonly description: string;
  /** Its attributes. Each has few values, none of which a stranger can choose. */
  readonly attributes: readonly string[];
  readonly boundaries?: readonly number[];
}

/** What was measured by one instrument. */
export interface Measurement extends Omit<InstrumentDefinition, "attributes"> {
  readonly series: readonly MeasuredSeries[];
}

/** What was measured for one set of attributes. */
export interface MeasuredSeries {
  readonly attributes: Attributes;
  readonly value: number | Distribution;
}

/** How many values fell below each boundary, and above the last one. */
export interface Distribution {
  readonly buckets: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** Everything that was measured. Plain data: workers send it to the primary. */
export type Measurements = readonly Measurement[];

/** What several processes measured, as one: counts and distributions are added, and so are gauges. */
export function mergeMeasurements(parts: readonly Measurements[]): Measurements {
  const merged = new Map<string, Measurement>();
  for (const measurement of parts.flat()) {
    const before = merged.get(measurement.name);
    merged.set(
      measurement.name,
      before === undefined
        ? measurement
        : { ...before, series: mergeSeries([...before.series, ...measurement.series]) },
    );
  }
  return [...merged.values()];
}

function mergeSeries(all: readonly MeasuredSeries[]): readonly MeasuredSeries[] {
  const merged = new Map<string, MeasuredSeries>();
  for (const series of all) {
    const key = attributesKey(series.attributes);
    const before = merged.get(key);
    merged.set(key, before === undefined ? series : { ...before, value: add(before.value, series.value) });
  }
  return [...merged.values()];
}

function add(a: MeasuredSeries["value"], b: MeasuredSeries["value"]): MeasuredSeries["value"] {
  if (typeof a === "number" || typeof b === "number") return Number(a) + Number(b);
  return {
    buckets: a.buckets.map((count, index) => count + (b.buckets[index] ?? 0)),
    sum: a.sum + b.sum,
    count: a.count + b.count,
  };
}

/** One text for one set of attributes. Whoever measures names them in one order. */
export function attributesKey(attributes: Attributes): string {
  let key = "";
  for (const name in attributes) key += `${name}\u0000${String(attributes[name])}\u0000`;
  return key;
}
