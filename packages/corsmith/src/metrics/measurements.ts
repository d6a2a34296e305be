import type { Attributes, Counter } from "@opentelemetry/api";

/** What an instrument measures, and by what it is parted. Every instrument that we have stands in {@link instruments}. */
export interface InstrumentDefinition {
  /** By the OpenTelemetry conventions: dots, no unit, no `_total`. */
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  /** A unit of UCUM: `s`, or a word in braces for things that are counted. */
  readonly unit: string;
  readonly description: string;
  /** Its attributes. Each has few values, none of which a client can choose. */
  readonly attributes: readonly string[];
  readonly boundaries?: readonly number[];
}

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

export function measurementOf(definition: InstrumentDefinition, series: readonly MeasuredSeries[]): Measurement {
  const { attributes: _names, ...about } = definition;
  return { ...about, series };
}

/** Everything that was measured. Plain data: workers send it to the primary. */
export type Measurements = readonly Measurement[];

/** What several processes measured, as one: counts and distributions are added, and so are gauges. */
export function mergeMeasurements(parts: readonly Measurements[]): Measurements {
  return joined(
    parts.flat(),
    ({ name }) => name,
    (a, b) => ({ ...a, series: mergeSeries([...a.series, ...b.series]) }),
  );
}

function mergeSeries(series: readonly MeasuredSeries[]): readonly MeasuredSeries[] {
  return joined(
    series,
    ({ attributes }) => attributesKey(attributes),
    (a, b) => ({ ...a, value: add(a.value, b.value) }),
  );
}

function joined<Part>(parts: readonly Part[], keyOf: (part: Part) => string, join: (a: Part, b: Part) => Part): Part[] {
  return [...Map.groupBy(parts, keyOf).values()].map((alike) => alike.reduce((a, b) => join(a, b)));
}

function add(a: MeasuredSeries["value"], b: MeasuredSeries["value"]): MeasuredSeries["value"] {
  if (typeof a === "number" || typeof b === "number") return Number(a) + Number(b);
  return {
    buckets: a.buckets.map((count, index) => count + (b.buckets[index] ?? 0)),
    sum: a.sum + b.sum,
    count: a.count + b.count,
  };
}

/** One text for one set of attributes: an instrument always names them in one order. */
function attributesKey(attributes: Attributes): string {
  let key = "";
  for (const name in attributes) key += `${name}\u0000${String(attributes[name])}\u0000`;
  return key;
}

/** Sets of attributes that an instrument keeps at most; the others are one. The default of the OpenTelemetry SDK's. */
const maxSeries = 2_000;
/** What the specification calls that one. @see https://opentelemetry.io/docs/specs/otel/metrics/sdk/#overflow-attribute */
const overflow: Attributes = { "otel.metric.overflow": true };

/** What was measured for one set of attributes. */
export interface Cell extends Pick<MeasuredSeries, "attributes"> {
  value: number;
  readonly buckets: number[];
  count: number;
}

/**
 * A counter or a histogram, in memory. The SDK's own would cost a request more than the decision does; what this one has measured goes to the
 * SDK only if it is to be exported.
 */
export class Instrument implements Counter {
  readonly #definition: InstrumentDefinition;
  readonly #cells = new Map<string, Cell>();

  constructor(definition: InstrumentDefinition) {
    this.#definition = definition;
  }

  /** Of a counter. */
  add(value: number, attributes: Attributes = {}): void {
    this.at(attributes).value += value;
  }

  /** Of a histogram, by the cell of its attributes. */
  recordAt(cell: Cell, value: number): void {
    const { boundaries = [] } = this.#definition;
    let index = 0;
    while (index < boundaries.length && value > (boundaries[index] ?? 0)) index += 1;
    cell.buckets[index] = (cell.buckets[index] ?? 0) + 1;
    cell.value += value;
    cell.count += 1;
  }

  measured(): Measurement {
    const isHistogram = this.#definition.kind === "histogram";
    const series = [...this.#cells.values()].map(({ attributes, value, buckets, count }) => ({
      attributes,
      value: isHistogram ? { buckets: [...buckets], sum: value, count } : value,
    }));
    return measurementOf(this.#definition, series);
  }

  /** The cell of these attributes. It stays the same, so it can be kept where much is measured. */
  at(attributes: Attributes): Cell {
    const key = attributesKey(attributes);
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    if (this.#cells.size >= maxSeries && attributes !== overflow) return this.at(overflow);
    const { kind, boundaries = [] } = this.#definition;
    const buckets = kind === "histogram" ? new Array<number>(boundaries.length + 1).fill(0) : [];
    const cell: Cell = { attributes, value: 0, buckets, count: 0 };
    this.#cells.set(key, cell);
    return cell;
  }
}
