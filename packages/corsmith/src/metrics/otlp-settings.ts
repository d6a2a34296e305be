export type OtlpSettings =
  | { readonly export: false; readonly unsupported?: string }
  | { readonly export: true; readonly protocol: OtlpProtocol; readonly intervalMs: number; readonly timeoutMs: number };

export type OtlpProtocol = "http/protobuf" | "http/json";

/**
 * Are metrics to be exported, and how? Endpoint, headers, compression and certificates are read by the exporter itself.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function otlpSettings(environment: Readonly<Record<string, string | undefined>>): OtlpSettings {
  const text = (name: string): string => (environment[name] ?? "").trim();
  const exporter = text("OTEL_METRICS_EXPORTER").toLowerCase();
  const named = text("OTEL_EXPORTER_OTLP_ENDPOINT") !== "" || text("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") !== "";
  if (text("OTEL_SDK_DISABLED").toLowerCase() === "true" || exporter === "none") return { export: false };
  if (exporter === "" ? !named : exporter === "prometheus") return { export: false };
  if (exporter !== "" && exporter !== "otlp")
    return {
      export: false,
      unsupported: `OTEL_METRICS_EXPORTER=${exporter}: otlp, prometheus (always at /metrics) and none are known.`,
    };
  const protocol =
    text("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL") || text("OTEL_EXPORTER_OTLP_PROTOCOL") || "http/protobuf";
  if (protocol !== "http/protobuf" && protocol !== "http/json")
    return {
      export: false,
      unsupported: `OTEL_EXPORTER_OTLP_PROTOCOL=${protocol}: http/protobuf and http/json are known.`,
    };
  return {
    export: true,
    protocol,
    intervalMs: milliseconds(text("OTEL_METRIC_EXPORT_INTERVAL"), 60_000),
    timeoutMs: milliseconds(text("OTEL_METRIC_EXPORT_TIMEOUT"), 30_000),
  };
}

function milliseconds(text: string, usual: number): number {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : usual;
}
