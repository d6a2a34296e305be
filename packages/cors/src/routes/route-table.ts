import type { Finding, FindingCode } from "../finding.ts";
import { compilePolicy } from "../policy/compile-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { type RouteFaultCode, type RoutePathFault, readRoutePath } from "./route-path.ts";
import { emptyTrie, foldCase, insertRoute, type RouteTrie } from "./route-trie.ts";

/** One mistake in the routes; its path is `routes[2].path`, or the place in a policy: `routes[2].policy.maxAge`. */
export type RouteFinding = Finding<FindingCode | RouteFaultCode>;

/** Thrown by `defineRoutes` and {@link compileRouteTable}: carries every mistake, not only the first. */
export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
  readonly code = "routes-invalid";
  readonly findings: readonly RouteFinding[];

  constructor(findings: readonly RouteFinding[]) {
    const lines = findings.map(({ path, value, message, fix }) => {
      const written = typeof value === "string" ? ` is ${JSON.stringify(value)}` : "";
      return `  ${path}${written}: ${message} Fix: ${fix}`;
    });
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
  /** `false`: CORS is the application's own affair here. */
  readonly policy: Policy | false;
}

/** A path that is clear: the policy under which it is served. */
export interface ClearRoute {
  /** The path of the route as it was written; `/` for the policy beside the routes. */
  readonly route: string;
  readonly policy: Policy | false;
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
 * @param basePath what the host puts before the paths that the routes name, a stage for example: `/prod`. A path without it is looked up as it is
 * @throws {RouteConflictError} with a finding for every path that is written wrongly, or that two routes have in common
 */
export function compileRouteTable(
  policy: Policy | false,
  routes: readonly RouteInput[],
  basePath?: string | undefined,
): RouteTable {
  const base: ClearRoute = Object.freeze({ route: "/", policy });
  const read = readPaths(routes, basePath);
  const folded = emptyTrie<ClearRoute>();
  for (const { segments, match } of read) insertRoute(folded, segments.map(foldCase), match);
  const exact = read.some(({ segments }) => segments.some((segment) => foldCase(segment) !== segment))
    ? emptyTrie<ClearRoute>()
    : folded;
  if (exact !== folded) for (const { segments, match } of read) insertRoute(exact, segments, match);
  return Object.freeze({
    base,
    exact,
    folded,
    routes: routes.map(({ path }) => path),
    closed: closedPolicy(policy, routes),
  });
}

interface ReadRoute {
  readonly segments: readonly string[];
  readonly match: ClearRoute;
}

/** Every path under which a route stands. With a base path there are two, so that each reading of a path is looked up with it and without. */
function readPaths(routes: readonly RouteInput[], basePath: string | undefined): readonly ReadRoute[] {
  const findings: RouteFinding[] = [];
  const taken = new Map<string, string>();
  const before = basePath === undefined ? [] : readBasePath(basePath, findings);
  const read = routes.flatMap(({ path, policy }, index): readonly ReadRoute[] => {
    const place = `routes[${index}].path`;
    const segments = readRoutePath(path);
    const paths = "code" in segments ? [] : before.length === 0 ? [segments] : [segments, [...before, ...segments]];
    const faults = "code" in segments ? [segments] : paths.flatMap((each) => conflict(taken, each, place) ?? []);
    findings.push(...faults.map((fault) => finding(place, path, fault)));
    const match = Object.freeze({ route: path, policy });
    return paths.map((each) => ({ segments: each, match }));
  });
  if (findings.length > 0) throw new RouteConflictError(findings);
  return read;
}

/** Two routes of one length always differ in some segment, and there one is the more specific: only the same path twice is a conflict. */
function conflict(taken: Map<string, string>, segments: readonly string[], place: string): RoutePathFault | undefined {
  const key = segments.map(foldCase).join("/");
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

function finding(path: string, value: string, fault: RoutePathFault): RouteFinding {
  return { severity: "error", path, value, ...fault };
}

function readBasePath(basePath: string, findings: RouteFinding[]): readonly string[] {
  const segments = readRoutePath(basePath);
  if (!("code" in segments)) {
    if (!segments.includes("*")) return segments;
    findings.push(
      finding("basePath", basePath, {
        code: "route-wildcard",
        message: "A base path has no `*`: it is the one path that the host puts before all others.",
        fix: "Write it out.",
      }),
    );
    return [];
  }
  const root = { message: "The base path / stands before nothing.", fix: "Leave basePath out." };
  findings.push(finding("basePath", basePath, segments.code === "route-root" ? { ...segments, ...root } : segments));
  return [];
}

function closedPolicy(policy: Policy | false, routes: readonly RouteInput[]): Policy {
  const policies = [policy, ...routes.map((route) => route.policy)];
  return closed(policies.some((each) => each !== false && each.crossOriginProtection));
}

/** A policy that allows no origin. No policy is written like this; it stands where it cannot be known which one counts. */
export function closed(crossOriginProtection: boolean): Policy {
  return compilePolicy({
    origins: [],
    allowCredentials: false,
    allowMethods: [],
    allowHeaders: [],
    exposeHeaders: [],
    crossOriginProtection,
    preflightStatus: 204,
  });
}
