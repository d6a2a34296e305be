import type { Decision } from "@corsmith/cors";
import { printable } from "@corsmith/cors/observe";
import type { RouteMatch } from "./route-table.ts";

const longestDetail = 256;

/** What exactly was refused: header names, a method, or the header that was malformed. */
export function refusalDetail(decision: Decision, match: RouteMatch): string {
  if (match.ambiguous === true) return "ambiguous-path";
  switch (decision.reason) {
    case "headers-refused":
      return printable(decision.names.join(", "), longestDetail);
    case "method-refused":
      return printable(decision.method, longestDetail);
    case "malformed":
      return decision.field;
    case "allowed":
    case "not-cross-origin":
    case "origin-lookup-failed":
    case "origin-refused":
      return "origin";
    default:
      return unreachable(decision);
  }
}

/** Says what a refusal means and where it is changed, to somebody who has never read a CORS log. */
export function refusalSentence(decision: Decision, match: RouteMatch): string {
  if (match.ambiguous === true) {
    return "The path can be read as that of two routes, so no page may read the answer. Request it in its plain form.";
  }
  const place = match.route === "/" ? "policy" : `policy of route ${match.route}`;
  switch (decision.reason) {
    case "headers-refused":
      return `The page may not send these request headers. To allow them, add them to allowHeaders in the ${place}.`;
    case "method-refused":
      return `The page may not use this method. To allow it, add it to allowMethods in the ${place}.`;
    case "origin-refused":
      return decision.origin === "null"
        ? "A page without an origin (sandboxed frame, file: or data: page) may not read the answer. Serve the page from an origin."
        : `Pages of this origin may not read the answer. If they should, add it to allowOrigins in the ${place}.`;
    case "origin-lookup-failed":
      return "Whether this origin is allowed could not be looked up, so it was refused. Look at what the lookup depends on.";
    case "malformed":
      return `No browser sends such a header: ${decision.field}. A program or a proxy in between wrote it.`;
    case "allowed":
    case "not-cross-origin":
      return "";
    default:
      return unreachable(decision);
  }
}

function unreachable(decision: never): never {
  throw new TypeError(`Unknown decision: ${JSON.stringify(decision)}`);
}
