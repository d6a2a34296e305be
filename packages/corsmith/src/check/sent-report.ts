import { type Header, redactHeaders, redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "../live/answered-by.ts";
import type { Sent } from "../live/recording-client.ts";
import type { WireAnswer } from "../live/send.ts";
import { whyUnreached } from "../live/unreached.ts";
import type { SentReport } from "./check-report.ts";

const corsHeader =
  /^(?:access-control-.*|vary|location|allow|www-authenticate|cross-origin-resource-policy|timing-allow-origin)$/i;
const longestValue = 400;

/** A request that went out, for the report. */
export function reportSent({ purpose, method, url: asked, answer, error }: Sent): SentReport {
  const url = redactUrl(asked);
  if (answer === undefined) return { purpose, method, url, corsHeaders: [], unreached: whyUnreached(asked, error) };
  return {
    purpose,
    method,
    url,
    status: answer.status,
    corsHeaders: corsLines(answer),
    answeredBy: answeredBy(answer),
  };
}

/** The lines of an answer that CORS looks at, safe to print. */
export function corsLines({ headers }: WireAnswer): readonly Header[] {
  return redactHeaders(headers)
    .filter(([name]) => corsHeader.test(name))
    .map(([name, value]) => [name, printable(value, longestValue)] as const);
}

/** How many requests of each method went out. */
export function countByMethod(log: readonly { readonly method: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { method } of log) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}
