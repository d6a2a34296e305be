import protobuf from "protobufjs";

/**
 * The messages of an export of metrics: their names, numbers and types, without those that are never sent from here (summaries,
 * exponential histograms, exemplars). `optional` beyond the original marks zeros that are sent as such, so that all bytes can be counted.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
 */
const messages = `
  syntax = "proto3";
  message ExportMetricsServiceRequest { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; string schema_url = 3; }
  message Resource { repeated KeyValue attributes = 1; optional uint32 dropped_attributes_count = 2; }
  message ScopeMetrics { InstrumentationScope scope = 1; repeated Metric metrics = 2; string schema_url = 3; }
  message InstrumentationScope {
    string name = 1; string version = 2; repeated KeyValue attributes = 3; optional uint32 dropped_attributes_count = 4;
  }
  message Metric {
    string name = 1; string description = 2; string unit = 3;
    oneof data { Gauge gauge = 5; Sum sum = 7; Histogram histogram = 9; }
    repeated KeyValue metadata = 12;
  }
  message Gauge { repeated NumberDataPoint data_points = 1; }
  message Sum { repeated NumberDataPoint data_points = 1; AggregationTemporality aggregation_temporality = 2; bool is_monotonic = 3; }
  message Histogram { repeated HistogramDataPoint data_points = 1; AggregationTemporality aggregation_temporality = 2; }
  message NumberDataPoint {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
    oneof value { double as_double = 4; sfixed64 as_int = 6; }
    repeated KeyValue attributes = 7; uint32 flags = 8;
  }
  message HistogramDataPoint {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
    fixed64 count = 4; optional double sum = 5; repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7;
    repeated KeyValue attributes = 9; uint32 flags = 10; optional double min = 11; optional double max = 12;
  }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
  enum AggregationTemporality { UNSPECIFIED = 0; DELTA = 1; CUMULATIVE = 2; }
`;
const request = protobuf.parse(messages).root.lookupType("ExportMetricsServiceRequest");

/** An export, however it travelled. Times are nanoseconds since 1970, as text, since they are larger than numbers are exact. */
export interface ExportedMetrics {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly metrics: readonly ExportedMetric[];
    }[];
  }[];
}

/** A metric; one of `gauge`, `sum` and `histogram` is there. */
export interface ExportedMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly gauge?: { readonly dataPoints: readonly NumberPoint[] };
  readonly sum?: {
    readonly dataPoints: readonly NumberPoint[];
    readonly aggregationTemporality: string;
    readonly isMonotonic: boolean;
  };
  readonly histogram?: { readonly dataPoints: readonly HistogramPoint[]; readonly aggregationTemporality: string };
}

interface Point {
  readonly attributes: readonly KeyValue[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
}
interface NumberPoint extends Point {
  readonly asDouble: number;
}
interface HistogramPoint extends Point {
  readonly count: string;
  readonly sum: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
}
interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string; readonly doubleValue?: number };
}

/** Reads the body of an export. Throws if it is not what the content type says, or holds anything that the messages do not name. */
export function readExport(body: Buffer, contentType: string | undefined): ExportedMetrics {
  if (contentType === "application/x-protobuf") {
    const read = request.decode(body);
    const again = request.encode(read).finish();
    if (again.length !== body.length) throw new Error(`Of ${body.length} bytes only ${again.length} are understood.`);
    return plain(read);
  }
  if (contentType === "application/json") return plain(request.fromObject(JSON.parse(body.toString())));
  throw new Error(`OTLP over HTTP has no content type ${contentType}.`);
}

function plain(message: protobuf.Message): ExportedMetrics {
  return request.toObject(message, { longs: String, enums: String, arrays: true }) as ExportedMetrics;
}
