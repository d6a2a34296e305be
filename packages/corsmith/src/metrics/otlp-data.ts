import { type HrTime, ValueType } from "@opentelemetry/api";
import type { MetricData } from "@opentelemetry/sdk-metrics";
import type { Measurement } from "./measurements.ts";

/** The numbers by which the SDK tells kinds apart; it is not loaded unless something is exported. */
type Numbers = typeof import("@opentelemetry/sdk-metrics");

/** A measurement as the SDK would have it. Counts go on from the start of the program. */
export function otlpData(measurement: Measurement, startTime: HrTime, endTime: HrTime, sdk: Numbers): MetricData {
  const { name, description, unit, kind, boundaries = [], series } = measurement;
  const shared = {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE, advice: {} },
    aggregationTemporality: sdk.AggregationTemporality.CUMULATIVE,
  };
  const times = { startTime, endTime };
  const numbers = series.map(({ attributes, value }) => ({ ...times, attributes, value: Number(value) }));
  if (kind === "counter")
    return { ...shared, dataPointType: sdk.DataPointType.SUM, isMonotonic: true, dataPoints: numbers };
  if (kind === "gauge") return { ...shared, dataPointType: sdk.DataPointType.GAUGE, dataPoints: numbers };
  return {
    ...shared,
    dataPointType: sdk.DataPointType.HISTOGRAM,
    dataPoints: series.flatMap(({ attributes, value }) =>
      typeof value === "number"
        ? []
        : [
            {
              ...times,
              attributes,
              value: {
                buckets: { boundaries: [...boundaries], counts: [...value.buckets] },
                sum: value.sum,
                count: value.count,
              },
            },
          ],
    ),
  };
}
