import { redactHeaders, redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "./answered-by.ts";
import type { SentReport } from "./check-report.ts";
import type { Sent } from "./line.ts";
import { whyUnreached } from "./unreached.ts";

const corsHeader =
  /^(?:access-control-.*|vary|location|allow|www-authenticate|cross-origin-resource-policy|timing-allow-origin)$/i;
const longestValue = 400;

/** A request that went out, for the report. */
export function reportSent({ purpose, method, url: asked, answer, error }: Sent): SentReport {
  const url = redactUrl(asked);
  if (answer === undefined) return { purpose, method, url, corsHeaders: [], unreached: whyUnreached(asked, error) };
  const corsHeaders = redactHeaders(answer.headers)
    .filter(([name]) => corsHeader.test(name))
    .map(([name, value]) => [name, printable(value, longestValue)] as const);
  return { purpose, method, url, status: answer.status, corsHeaders, answeredBy: answeredBy(answer) };
}

/** How many requests of each method went out. */
export function countByMethod(log: readonly Sent[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { method } of log) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}
