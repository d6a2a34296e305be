import type { CheckReport } from "corsmith/api";

/** One request that the server sent for us, and the lines of its answer that CORS looks at. */
export interface SentRequest {
  readonly purpose: string;
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly corsHeaders: readonly (readonly [name: string, value: string])[];
}

/** The parts of a report of `corsmith check` that are drawn here. */
export interface LiveReport {
  readonly headline: string;
  readonly sent: readonly SentRequest[];
  /** Things that will hurt, or already do, beside the verdict. */
  readonly warnings: readonly { readonly says: string; readonly fix: string }[];
}

/** Reads a report, whose schema promises no more than an object; what is not as expected is left out. */
export function readReport(report: CheckReport): LiveReport {
  return {
    headline: typeof report["headline"] === "string" ? report["headline"] : "",
    sent: listOf(report["sent"]).flatMap(readSent),
    warnings: listOf(report["warnings"]).flatMap(({ says, fix }) =>
      typeof says === "string" && typeof fix === "string" ? [{ says, fix }] : [],
    ),
  };
}

function readSent({ purpose, method, url, status, corsHeaders }: Record<string, unknown>): readonly SentRequest[] {
  if (typeof purpose !== "string" || typeof method !== "string" || typeof url !== "string") return [];
  const headers = Array.isArray(corsHeaders)
    ? corsHeaders.map((pair: readonly unknown[]) => [String(pair[0]), String(pair[1])] as const)
    : [];
  return [{ purpose, method, url, corsHeaders: headers, ...(typeof status === "number" ? { status } : {}) }];
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}
