import type { Environment } from "@corsmith/cors";
import { printable } from "@corsmith/cors/observe";
import type { Logger } from "pino";
import type { Measurements } from "../metrics/measurements.ts";
import { otlpSettings } from "../metrics/otlp-settings.ts";
import { programVersion } from "../terminal/program-version.ts";

/** Exports metrics, if the standard variables say so. What stands in the way of it is logged: traffic is served without it. */
export async function startTelemetry(environment: Environment, measured: () => Promise<Measurements>, log: Logger) {
  const settings = otlpSettings(environment);
  if (!settings.export) {
    if (settings.unsupported !== undefined)
      log.error({ event: "otlp-unavailable" }, `No metrics are exported. ${settings.unsupported}`);
    return undefined;
  }
  // Nothing of OpenTelemetry is loaded before it is needed.
  const { otlpPackages, startOtlpExport } = await import("../metrics/otlp-export.ts");
  try {
    const started = await startOtlpExport(settings, programVersion, measured, outcomeLog(log));
    log.info(
      { event: "otlp", protocol: settings.protocol, intervalMs: settings.intervalMs },
      "Metrics are exported by OTLP.",
    );
    return started;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    const why = missing
      ? `Packages are missing. Install them beside Corsmith: npm install ${otlpPackages.join(" ")}`
      : String(error);
    log.error({ event: "otlp-unavailable" }, `No metrics are exported. ${why}`);
    return undefined;
  }
}

/** Says that exports fail, once, and once that they arrive again. */
function outcomeLog(log: Logger): (failure: Error | undefined) => void {
  let failing = false;
  return (failure) => {
    if (failing === (failure !== undefined)) return;
    failing = failure !== undefined;
    if (failure === undefined) log.info({ event: "otlp-working" }, "Metrics are exported again.");
    else
      log.warn(
        { event: "otlp-failing", cause: printable(failure.message, 256) },
        "Metrics cannot be exported. Requests are still served, and /metrics still works; the next export includes what is missing.",
      );
  };
}
