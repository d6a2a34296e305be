import { splitTarget } from "../http/target.ts";
import { definePolicy } from "../policy/define-policy.ts";
import { isPolicy } from "../policy/policy.ts";
import { defineRoutes, isByRoute, type PoliciesByRoute, type PolicyOrFalse } from "../routes/read-routes.ts";
import { routeFor } from "../routes/route-for.ts";
import type { AdapterReports } from "./adapter-options.ts";
import { type ChoosePolicy, choosePolicy } from "./choose-policy.ts";
import { forEveryRequest, type PolicyFor, targetOf } from "./policy-for.ts";

/** Everything that an adapter takes for a policy: one for all requests, one by route, or a function that chooses. */
export type PolicySource = PolicyOrFalse | PoliciesByRoute | ChoosePolicy;

/**
 * Reads what the user gave an adapter.
 *
 * @throws {PolicyError} if the policy has a mistake
 * @throws {RouteConflictError} if one of several, or a path, has
 */
export function readSource(source: PolicySource, reports: AdapterReports): PolicyFor {
  if (source === false) return () => false;
  if (isPolicy(source)) return forEveryRequest(source);
  if (typeof source === "function") return choosePolicy(source, reports);
  if (!isByRoute(source)) return forEveryRequest(definePolicy(source));
  const table = defineRoutes(source);
  return (_facts, exchange) => routeFor(table, splitTarget(targetOf(exchange) ?? "/").path).policy;
}
