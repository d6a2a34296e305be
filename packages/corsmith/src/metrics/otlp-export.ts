import { setTimeout as delay } from "node:timers/promises";
import { type HrTime, ValueType } from "@opentelemetry/api";
import type { MetricData, MetricProducer, PushMetricExporter } from "@opentelemetry/sdk-metrics";
import type { Measurement, Measurements } from "./measurements.ts";
import type { OtlpProtocol, OtlpSettings } from "./otlp-settings.ts";

/** How long the last export may take, in milliseconds. */
const shutdownTimeoutMs = 2_000;

/** What has to be installed for it, beside Corsmith: most people need none of it, and it is larger than all the rest. */
export const otlpPackages = [
  "@opentelemetry/sdk-metrics",
  "@opentelemetry/resources",
  "@opentelemetry/exporter-metrics-otlp-proto",
  "@opentelemetry/exporter-metrics-otlp-http",
];

/**
 * Exports what is measured, by the OpenTelemetry SDK and its own exporters, which are loaded now.
 *
 * @param onOutcome called after each export: why it failed, or `undefined` if it arrived. The SDK itself reports nothing
 * @throws {Error} with the code `ERR_MODULE_NOT_FOUND`, if they are not installed
 */
export async function startOtlpExport(
  { protocol, intervalMs, timeoutMs }: Extract<OtlpSettings, { export: true }>,
  version: string,
  measured: () => Promise<Measurements>,
  onOutcome: (failure: Error | undefined) => void,
) {
  const sdk = await import("@opentelemetry/sdk-metrics");
  const { detectResources, envDetector, resourceFromAttributes } = await import("@opentelemetry/resources");
  const resource = resourceFromAttributes({ "service.name": "corsmith", "service.version": version }).merge(
    detectResources({ detectors: [envDetector] }),
  );
  const startTime = now();
  const producer: MetricProducer = {
    async collect() {
      const endTime = now();
      const metrics = (await measured()).map((measurement) => otlpData(measurement, startTime, endTime, sdk));
      return {
        resourceMetrics: { resource, scopeMetrics: [{ scope: { name: "corsmith", version }, metrics }] },
        errors: [],
      };
    },
  };
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter: watched(await exporterFor(protocol), onOutcome),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
    metricProducers: [producer],
  });
  const provider = new sdk.MeterProvider({ resource, readers: [reader] });
  return {
    /** Exports what was measured up to now, and ends. A receiver that is away must not keep the program from ending. */
    close: () => Promise.race([provider.shutdown(), delay(shutdownTimeoutMs, undefined, { ref: false })]),
  };
}

async function exporterFor(protocol: OtlpProtocol): Promise<PushMetricExporter> {
  const { OTLPMetricExporter } = await (protocol === "http/json"
    ? import("@opentelemetry/exporter-metrics-otlp-http")
    : import("@opentelemetry/exporter-metrics-otlp-proto"));
  return new OTLPMetricExporter();
}

/** `ExportResultCode.SUCCESS` of the SDK. */
const arrived = 0;

function watched(exporter: PushMetricExporter, onOutcome: (failure: Error | undefined) => void): PushMetricExporter {
  const send = exporter.export.bind(exporter);
  exporter.export = (metrics, done) =>
    send(metrics, (result) => {
      onOutcome(result.code === arrived ? undefined : (result.error ?? new Error("The receiver refused them.")));
      done(result);
    });
  return exporter;
}

/** The SDK's own way to write a time: seconds since 1970, and nanoseconds. */
function now(): HrTime {
  const milliseconds = Date.now();
  return [Math.trunc(milliseconds / 1_000), (milliseconds % 1_000) * 1_000_000];
}

/** A measurement as the SDK would have it. Counts go on from the start of the program. */
function otlpData(
  measurement: Measurement,
  startTime: HrTime,
  endTime: HrTime,
  sdk: typeof import("@opentelemetry/sdk-metrics"),
): MetricData {
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
    dataPoints: series.flatMap(({ attributes, value }) => {
      if (typeof value === "number") return [];
      const { buckets, sum, count } = value;
      const counts = [...buckets];
      return [{ ...times, attributes, value: { buckets: { boundaries: [...boundaries], counts }, sum, count } }];
    }),
  };
}
