import { mergeExposeHeaders } from "../respond/merge-expose-headers.ts";
import type { Answer } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";

/** The headers of the answer with what the application exposes itself; members that cannot be taken are reported. */
export function withExposed(
  answer: Answer,
  lines: string | readonly string[],
  reports: AdapterReports,
): Answer["headers"] {
  const { headers, dropped } = mergeExposeHeaders(answer, lines);
  for (const member of dropped) reports.onConflict("Access-Control-Expose-Headers", member);
  return headers;
}
