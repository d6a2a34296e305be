import { checkPolicy, definePolicy, type Policy, type PolicyInput } from "@corsmith/cors";
import {
  compileRouteTable,
  RouteConflictError,
  type RouteFinding,
  type RouteInput,
  type RouteTable,
} from "@corsmith/cors/routes";
import { joinPath } from "./config-document.ts";
import { type ConfigFinding, configError, hasErrors } from "./config-finding.ts";
import { isSection, type Section } from "./config-sections.ts";
import { publicSuffixes } from "./public-suffixes.ts";

/** All policies of a configuration, checked and compiled. */
export interface PolicySet {
  /** For every path that no route names. `false`, here and in a route: CORS is the API's own affair there. */
  readonly policy: Policy | false;
  readonly routes: readonly RouteInput[];
  /** Both of them, ready for the gateway. */
  readonly table: RouteTable;
}

/** A policy set as plain data, for JSON. An `originLookup`, being code, stands there as a mark only. */
export type PolicySetData = Pick<PolicySet, "policy" | "routes">;

/** The policy set as JSON gives it back. */
export function policySetData({ policy, routes }: PolicySet): PolicySetData {
  const data: PolicySetData = { policy, routes: routes.map((route) => ({ path: route.path, policy: route.policy })) };
  return JSON.parse(JSON.stringify(data)) as PolicySetData;
}

/** Compiles policies that were found to be right. A policy's own keys are its canonical input, so its data give the same policy. */
export function compilePolicies(input: unknown, written: readonly RouteData[]): PolicySet {
  const define = (policy: unknown): Policy | false =>
    policy !== false && definePolicy(policy as PolicyInput, publicSuffixes);
  const policy = define(input);
  const routes = written.map((route) => ({ path: route.path, policy: define(route.policy) }));
  return { policy, routes, table: compileRouteTable(policy, routes) };
}

/** Every allowed origin of all policies, each once, in the order in which they stand. */
export function allowedOrigins({ policy, routes }: PolicySet): readonly string[] {
  const policies = [policy, ...routes.map((route) => route.policy)];
  return [...new Set(policies.flatMap((each) => (each === false ? [] : each.allowOrigins)))];
}

/**
 * Checks the policy, and the path and policy of every route, and compiles them if all are right. The findings' paths are those of the
 * merged configuration: `routes[0].policy.allowOrigins[1]`.
 */
export function buildPolicies(
  policy: unknown,
  section: Section,
): { readonly policies: PolicySet | undefined; readonly findings: readonly ConfigFinding[] } {
  const routes: readonly unknown[] = Array.isArray(section["routes"]) ? section["routes"] : [];
  const findings: ConfigFinding[] = policy === undefined ? [] : checkAt("policy", policy);
  for (const [index, route] of routes.entries()) {
    if (!isSection(route)) continue;
    const path = `routes[${index}].policy`;
    findings.push(...(route["policy"] === undefined ? [missingIn(path)] : checkAt(path, route["policy"])));
  }
  // Routes that have no text for a path have their finding already.
  const wellFormed = routes.filter(
    (route): route is RouteData => isSection(route) && typeof route["path"] === "string",
  );
  if (wellFormed.length === routes.length) findings.push(...checkPaths(wellFormed));
  const complete = policy !== undefined && wellFormed.length === routes.length && !hasErrors(findings);
  return { policies: complete ? compilePolicies(policy, wellFormed) : undefined, findings };
}

interface RouteData {
  readonly path: string;
  readonly policy?: unknown;
}

function checkAt(path: string, policy: unknown): ConfigFinding[] {
  if (policy === false) return [];
  return checkPolicy(policy, publicSuffixes).map((finding) => ({ ...finding, path: joinPath(path, finding.path) }));
}

/** The mistakes in the paths, whatever the policies are: to find them, none will do. */
function checkPaths(routes: readonly RouteData[]): readonly RouteFinding[] {
  try {
    compileRouteTable(
      false,
      routes.map(({ path }) => ({ path, policy: false as const })),
    );
    return [];
  } catch (error) {
    if (error instanceof RouteConflictError) return error.findings;
    throw error;
  }
}

function missingIn(path: string): ConfigFinding {
  const message = "This route has no policy, and it inherits none.";
  const fix = '{ allowOrigins: ["https://app.example.com"] }, or false where the API answers CORS itself';
  return configError("policy-missing", path, undefined, message, fix);
}
