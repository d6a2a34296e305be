import { definePolicy, isPolicyError } from "../policy/define-policy.ts";
import { nearestName } from "../policy/nearest-name.ts";
import { isPolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import type { PolicyOptions } from "../policy/read-policy.ts";
import { describe } from "../policy/read-value.ts";
import { compileRouteTable, RouteConflictError, type RouteFinding, type RouteTable } from "./route-table.ts";

/** What one part of the API is under: a policy, what one is made of, or `false`: CORS is the application's own affair there. */
export type PolicyOrFalse = PolicyInput | Policy | false;

/** The same in an object that is kept in a constant, where the compiler makes `false` a `boolean`. `true` is refused. */
type KeptPolicyOrFalse = PolicyOrFalse | boolean;

/** Policies by the path of the request, as a configuration file has them too. */
export interface PoliciesByRoute {
  /** For every path that no route covers. */
  readonly policy: KeptPolicyOrFalse;
  readonly routes: readonly PolicyOfRoute[];
  /**
   * What the host puts before the paths that the routes name, such as the stage of a deployment: `/prod`. Every path is looked up with it and
   * without it.
   */
  readonly basePath?: string;
}

/** A policy of its own for a part of the API. */
export interface PolicyOfRoute {
  /**
   * A prefix, by whole segments: `/public` covers `/public` and `/public/x`, not `/publicity`. `*` is any one segment:
   * `/tenants/*\/public`. The most specific route wins.
   */
  readonly path: string;
  readonly policy: KeptPolicyOrFalse;
}

/** Is this meant to be policies by route? A policy has none of these keys. */
export function isByRoute(value: unknown): value is PoliciesByRoute {
  return isRecord(value) && ("policy" in value || "routes" in value);
}

/**
 * Checks policies by route and compiles them.
 *
 * @throws {RouteConflictError} with every mistake in the policies and in the paths
 *
 * @example
 * ```ts
 * import { defineRoutes, routeFor } from "@corsmith/cors/routes";
 *
 * const table = defineRoutes({
 *   policy: { allowOrigins: ["https://app.example.com"], allowCredentials: true },
 *   routes: [
 *     { path: "/public", policy: { allowOrigins: "*" } },
 *     { path: "/health", policy: false },
 *   ],
 * });
 * console.assert(routeFor(table, "/public/fonts").route === "/public");
 * ```
 */
export function defineRoutes(input: PoliciesByRoute, options: PolicyOptions = {}): RouteTable {
  const { findings, table } = readRoutes(input, options);
  if (table === undefined) throw new RouteConflictError(findings.filter(isError));
  return table;
}

/**
 * Reads policies by route and reports every mistake, at its place: `routes[0].policy.allowOrigins[1]`. Never throws.
 *
 * @returns all findings, and the table if none of them is an `error`
 */
export function readRoutes(
  input: unknown,
  options: PolicyOptions = {},
): { readonly findings: readonly RouteFinding[]; readonly table?: RouteTable } {
  if (!isRecord(input)) {
    const message = `Policies by route are an object, not ${describe(input)}.`;
    return { findings: [error("type-mismatch", "", input, message, "{ policy: { … }, routes: [] }")] };
  }
  const findings: RouteFinding[] = [];
  refuseUnknownKeys(findings, "", input, ["policy", "routes", "basePath"]);
  const policy = readPolicyAt(findings, "policy", input["policy"], options);
  const basePath = readText(findings, "basePath", input["basePath"] ?? undefined);
  const routes = readList(findings, input["routes"]).map((entry, index) => {
    const place = `routes[${index}]`;
    if (!isRecord(entry)) {
      const message = `A route is an object, not ${describe(entry)}.`;
      findings.push(error("type-mismatch", place, entry, message, '{ path: "/public", policy: { … } }'));
      return undefined;
    }
    refuseUnknownKeys(findings, place, entry, ["path", "policy"]);
    const path = readText(findings, `${place}.path`, entry["path"], '"/public"');
    return { path, policy: readPolicyAt(findings, `${place}.policy`, entry["policy"], options) };
  });
  const paths = routes.flatMap((route) => (route?.path === undefined ? [] : [route.path]));
  // The places of the findings are by position, so they are right only if every route has a path.
  if (paths.length === routes.length) findings.push(...faultsOfPaths(paths, basePath));
  if (policy === undefined || findings.some(isError)) return { findings };
  const complete = routes.map((route, index) => ({ path: paths[index] ?? "", policy: route?.policy ?? false }));
  return { findings, table: compileRouteTable(policy, complete, basePath) };
}

/** Reads one of several policies. @returns `undefined` if it has a mistake, which is then among the findings */
export function readPolicyAt(
  findings: RouteFinding[],
  place: string,
  value: unknown,
  options: PolicyOptions,
): Policy | false | undefined {
  if (value === false || isPolicy(value)) return value;
  if (value === undefined) {
    const whose =
      place === "policy"
        ? "There is no policy for the paths that no route covers."
        : "This route has no policy, and it inherits none.";
    const fix = '{ allowOrigins: ["https://app.example.com"] }, or false where the application answers CORS itself';
    findings.push(error("policy-missing", place, value, whose, fix));
    return undefined;
  }
  try {
    return definePolicy(value as PolicyInput, options);
  } catch (thrown) {
    const found = isPolicyError(thrown) ? thrown.findings : [unreadable(value, thrown)];
    findings.push(...found.map((each) => ({ ...each, path: each.path === "" ? place : `${place}.${each.path}` })));
    return undefined;
  }
}

/** Only an input with code in it, such as a getter, throws anything else. */
function unreadable(value: unknown, thrown: unknown): RouteFinding {
  const message = `This could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  return error("policy-not-an-object", "", value, message, "Give plain data.");
}

/** The mistakes in the paths, whatever the policies are: to find them, no policy will do. */
function faultsOfPaths(paths: readonly string[], basePath: string | undefined): readonly RouteFinding[] {
  try {
    compileRouteTable(
      false,
      paths.map((path) => ({ path, policy: false as const })),
      basePath,
    );
    return [];
  } catch (thrown) {
    if (thrown instanceof RouteConflictError) return thrown.findings;
    throw thrown;
  }
}

function readList(findings: RouteFinding[], value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  findings.push(error("type-mismatch", "routes", value, `routes is a list, not ${describe(value)}.`, "routes: []"));
  return [];
}

function readText(findings: RouteFinding[], place: string, value: unknown, needed?: string): string | undefined {
  if (typeof value === "string") return value;
  if (value === undefined && needed === undefined) return undefined;
  const message = value === undefined ? "This route has no path." : `${place} is text, not ${describe(value)}.`;
  findings.push(error("type-mismatch", place, value, message, needed ?? "Write it as text in quotes, or remove it."));
  return undefined;
}

function refuseUnknownKeys(
  findings: RouteFinding[],
  place: string,
  input: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  for (const key of Object.keys(input)) {
    if (known.includes(key)) continue;
    const message = `There is no key ${JSON.stringify(key)} here.`;
    const fix = nearestName(key, known) ?? `One of: ${known.join(", ")}.`;
    findings.push(error("key-unknown", place === "" ? key : `${place}.${key}`, input[key], message, fix));
  }
}

function error(code: RouteFinding["code"], path: string, value: unknown, message: string, fix: string): RouteFinding {
  return { severity: "error", code, path, value, message, fix };
}

function isError({ severity }: Pick<RouteFinding, "severity">): boolean {
  return severity === "error";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
