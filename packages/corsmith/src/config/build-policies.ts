import { checkPolicy, definePolicy, type PolicyInput } from "@corsmith/cors";
import { compileRouteTable, RouteConflictError, type RouteFinding } from "../gateway/route-table.ts";
import { hasErrors } from "./config-finding.ts";
import { isSection, type Section, type UnplacedFinding } from "./config-sections.ts";
import { joinPath } from "./places.ts";
import type { PolicySet } from "./policy-set.ts";
import { isPublicSuffix } from "./public-suffix.ts";

/**
 * Checks the policy, and the path and policy of every route, and compiles them if all are right. The findings' paths are those of the
 * merged configuration: `routes[0].policy.allowOrigins[1]`.
 */
export function buildPolicies(
  policy: unknown,
  section: Section,
): { readonly policies: PolicySet | undefined; readonly findings: readonly UnplacedFinding[] } {
  const routes: readonly unknown[] = Array.isArray(section["routes"]) ? section["routes"] : [];
  const findings: UnplacedFinding[] = policy === undefined ? [] : checkAt("policy", policy);
  for (const [index, route] of routes.entries()) {
    if (!isSection(route)) continue;
    const path = `routes[${index}].policy`;
    findings.push(...(route["policy"] === undefined ? [missingIn(path)] : checkAt(path, route["policy"])));
  }
  // Routes that have no text for a path have their finding already.
  const wellFormed = routes.filter(
    (route): route is RouteSection => isSection(route) && typeof route["path"] === "string",
  );
  if (wellFormed.length === routes.length) findings.push(...checkPaths(wellFormed));
  const complete = policy !== undefined && wellFormed.length === routes.length && !hasErrors(findings);
  return { policies: complete ? compile(policy as PolicyInput, wellFormed) : undefined, findings };
}

interface RouteSection extends Section {
  readonly path: string;
}

function checkAt(path: string, policy: unknown): UnplacedFinding[] {
  return checkPolicy(policy, { isPublicSuffix }).map((finding) => ({ ...finding, path: joinPath(path, finding.path) }));
}

/** The mistakes in the paths, whatever the policies are: any policy will do to find them. */
function checkPaths(routes: readonly RouteSection[]): readonly RouteFinding[] {
  const any = definePolicy({ allowOrigins: "*" });
  try {
    compileRouteTable(
      any,
      routes.map(({ path }) => ({ path, policy: any })),
    );
    return [];
  } catch (error) {
    if (error instanceof RouteConflictError) return error.findings;
    throw error;
  }
}

function compile(input: PolicyInput, sections: readonly RouteSection[]): PolicySet {
  const define = (written: unknown) => definePolicy(written as PolicyInput, { isPublicSuffix });
  const policy = define(input);
  const routes = sections.map((route) => ({ path: route.path, policy: define(route["policy"]) }));
  return { policy, routes, table: compileRouteTable(policy, routes) };
}

function missingIn(path: string): UnplacedFinding {
  return {
    code: "policy-missing",
    severity: "error",
    path,
    value: undefined,
    message: "This route has no policy, and it inherits none.",
    fix: '{ allowOrigins: ["https://app.example.com"] }',
  };
}
