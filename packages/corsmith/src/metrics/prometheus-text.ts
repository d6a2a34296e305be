import type { Attributes } from "@opentelemetry/api";
import type { Distribution, InstrumentDefinition, Measurement, Measurements } from "./measurements.ts";

/**
 * The name of an instrument in Prometheus: underscores, the unit, `_total` for what only grows.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 */
export function prometheusName({ name, kind, unit }: Pick<InstrumentDefinition, "name" | "kind" | "unit">): string {
  const base = name.replaceAll(".", "_");
  const suffix = { s: "_seconds", By: "_bytes" }[unit] ?? "";
  return `${base}${suffix}${kind === "counter" ? "_total" : ""}`;
}

/** The label for an attribute. Our own lose what stands in front of the metric's name already. */
export function prometheusLabel(attribute: string): string {
  return attribute.replace(/^corsmith\./, "").replaceAll(".", "_");
}

/** Everything that was measured, as Prometheus reads it. @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function prometheusText(measurements: Measurements): string {
  return measurements
    .filter(({ series }) => series.length > 0)
    .map(familyText)
    .join("");
}

function familyText(measurement: Measurement): string {
  const name = prometheusName(measurement);
  const lines = measurement.series.flatMap(({ attributes, value }) =>
    typeof value === "number"
      ? [`${name}${labels(attributes)} ${value}`]
      : distributionLines(name, attributes, value, measurement.boundaries ?? []),
  );
  return [`# HELP ${name} ${measurement.description}`, `# TYPE ${name} ${measurement.kind}`, ...lines, ""].join("\n");
}

function distributionLines(
  name: string,
  attributes: Attributes,
  { buckets, sum, count }: Distribution,
  boundaries: readonly number[],
): readonly string[] {
  let below = 0;
  const lines = boundaries.map((boundary, index) => {
    below += buckets[index] ?? 0;
    return `${name}_bucket${labels(attributes, `le="${boundary}"`)} ${below}`;
  });
  return [
    ...lines,
    `${name}_bucket${labels(attributes, 'le="+Inf"')} ${count}`,
    `${name}_sum${labels(attributes)} ${sum}`,
    `${name}_count${labels(attributes)} ${count}`,
  ];
}

function labels(attributes: Attributes, more?: string): string {
  const pairs = Object.entries(attributes).map(
    ([name, value]) => `${prometheusLabel(name)}="${escaped(String(value))}"`,
  );
  const all = more === undefined ? pairs : [...pairs, more];
  return all.length === 0 ? "" : `{${all.join(",")}}`;
}

function escaped(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));
}
