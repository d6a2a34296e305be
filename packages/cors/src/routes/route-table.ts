import type { Finding } from "../finding.ts";
import { definePolicy } from "../policy/define-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { everyReading, isPlainPath, strictReading } from "./path-readings.ts";
import { type RouteFaultCode, type RoutePathFault, readRoutePath } from "./route-path.ts";
import { emptyTrie, insertRoute, lookUpRoute, type RouteTrie } from "./route-trie.ts";

/** One mistake in the routes; its path is `routes[2].path`. */
export type RouteFinding = Finding<RouteFaultCode>;

/** Thrown by {@link compileRouteTable}: carries every mistake, not only the first. */
export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
  readonly code = "routes-invalid";
  readonly findings: readonly RouteFinding[];

  constructor(findings: readonly RouteFinding[]) {
    const lines = findings.map(
      ({ path, value, message, fix }) => `  ${path} is ${JSON.stringify(value)}: ${message} Fix: ${fix}`,
    );
    super(`The routes cannot be used.\n${lines.join("\n")}`);
    this.findings = findings;
  }
}

/** A policy of its own for a part of the API. */
export interface RouteInput {
  /**
   * A prefix, by whole segments: `/public` covers `/public` and `/public/x`, not `/publicity`. `*` is any one segment:
   * `/tenants/*\/public`. The most specific route wins: more segments first, then a literal before `*`, from left to right.
   */
  readonly path: string;
  readonly policy: Policy;
}

/** A path that is clear: the policy under which it is served. */
export interface ClearRoute {
  /** The path of the route as it was written; `/` for the policy beside the routes. */
  readonly route: string;
  readonly policy: Policy;
  readonly ambiguous?: undefined;
}

/** A path that two routers could take to two routes. Nothing is granted for it. */
export interface AmbiguousRoute {
  /** The route by the letter of the path. */
  readonly route: string;
  readonly ambiguous: true;
  /** A policy that grants nothing to anybody, and protects if any policy of the table does. */
  readonly policy: Policy;
}

/** Which policy a path is under. */
export type RouteMatch = ClearRoute | AmbiguousRoute;

/** The routes, compiled. */
export interface RouteTable {
  readonly base: ClearRoute;
  /** By exact case, and by lower case for routers that do not tell the cases apart. One and the same if no route has an upper-case letter. */
  readonly exact: RouteTrie<ClearRoute>;
  readonly folded: RouteTrie<ClearRoute>;
  /** The paths of the routes as they were written, without the one of {@link RouteTable.base}. */
  readonly routes: readonly string[];
  /** Grants nothing. */
  readonly closed: Policy;
}

/**
 * Compiles the routes.
 *
 * @param policy for every path that no route covers
 * @throws {RouteConflictError} with a finding for every path that is written wrongly, or that two routes have in common
 */
export function compileRouteTable(policy: Policy, routes: readonly RouteInput[]): RouteTable {
  const base: ClearRoute = Object.freeze({ route: "/", policy });
  const folded = emptyTrie<ClearRoute>();
  const findings: RouteFinding[] = [];
  const taken = new Map<string, string>();
  const read: { readonly segments: readonly string[]; readonly match: ClearRoute }[] = [];
  for (const [index, input] of routes.entries()) {
    const segments = readRoutePath(input.path);
    const fault = "code" in segments ? segments : conflict(taken, segments, `routes[${index}].path`);
    if (fault !== undefined) findings.push(finding(index, input.path, fault));
    else if (!("code" in segments))
      read.push({ segments, match: Object.freeze({ route: input.path, policy: input.policy }) });
  }
  if (findings.length > 0) throw new RouteConflictError(findings);
  for (const { segments, match } of read) insertRoute(folded, segments.map(fold), match);
  const exact = read.some(({ segments }) => segments.some((segment) => fold(segment) !== segment))
    ? emptyTrie<ClearRoute>()
    : folded;
  if (exact !== folded) for (const { segments, match } of read) insertRoute(exact, segments, match);
  return Object.freeze({
    base,
    exact,
    folded,
    routes: read.map(({ match }) => match.route),
    closed: closedPolicy(policy, routes),
  });
}

/**
 * Finds the policy of a path. Where a lenient reading of the path (decoded, dots resolved, case folded and so on) leads to another route
 * than the strict one, which of them the API takes cannot be known: then the answer is `ambiguous`.
 *
 * @param rawPath the path as it came, without the query
 */
export function routeFor(table: RouteTable, rawPath: string): RouteMatch {
  if (table.routes.length === 0) return table.base;
  const path = strictReading(rawPath);
  const strict = lookUpRoute(table.exact, path) ?? table.base;
  if (isPlainPath(path) && table.exact === table.folded) return strict;
  const leadsThere = (reading: string): boolean =>
    (lookUpRoute(table.exact, reading) ?? table.base) === strict &&
    (lookUpRoute(table.folded, fold(reading)) ?? table.base) === strict;
  if (everyReading(path, leadsThere)) return strict;
  return { route: strict.route, ambiguous: true, policy: table.closed };
}

function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Two routes of one length always differ in some segment, and there one is the more specific: only the same path twice is a conflict. */
function conflict(taken: Map<string, string>, segments: readonly string[], place: string): RoutePathFault | undefined {
  const key = segments.map(fold).join("/");
  const other = taken.get(key);
  if (other === undefined) {
    taken.set(key, place);
    return undefined;
  }
  return {
    code: "route-conflict",
    message: `${other} covers the same paths, and neither of the two is more specific (upper and lower case do not tell routes apart).`,
    fix: "Leave one of the two out.",
  };
}

function finding(index: number, value: string, fault: RoutePathFault): RouteFinding {
  return { severity: "error", path: `routes[${index}].path`, value, ...fault };
}

/** The only origins it could allow are those that a lookup finds, and the lookup finds none. */
function closedPolicy(policy: Policy, routes: readonly RouteInput[]): Policy {
  const crossOriginProtection = [policy, ...routes.map((route) => route.policy)].some(
    (each) => each.crossOriginProtection,
  );
  return definePolicy({ originLookup: { find: () => false, cacheSeconds: 0 }, crossOriginProtection });
}
