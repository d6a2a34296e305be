import { everyReading, isPlainPath, strictReading } from "./path-readings.ts";
import type { RouteMatch, RouteTable } from "./route-table.ts";
import { foldCase, lookUpRoute } from "./route-trie.ts";

/**
 * Finds the policy of a path. Where a lenient reading of the path (decoded, dots resolved, case folded and so on) leads to another route
 * than the strict one, which of them the API takes cannot be known: then the answer is `ambiguous`.
 *
 * @param rawPath the path as it came, without the query
 */
export function routeFor(table: RouteTable, rawPath: string): RouteMatch {
  if (table.routes.length === 0) return table.base;
  // Some hosts hand a path over without its slash; what they route by is not known. `*` is the target of an OPTIONS for the whole server.
  if (!rawPath.startsWith("/") && rawPath !== "*") return { route: "/", ambiguous: true, policy: table.closed };
  const path = strictReading(rawPath);
  const strict = lookUpRoute(table.exact, path) ?? table.base;
  if (isPlainPath(path) && table.exact === table.folded) return strict;
  const leadsThere = (reading: string): boolean =>
    (lookUpRoute(table.exact, reading) ?? table.base) === strict &&
    (lookUpRoute(table.folded, foldCase(reading)) ?? table.base) === strict;
  if (everyReading(path, leadsThere)) return strict;
  return { route: strict.route, ambiguous: true, policy: table.closed };
}
