import { isPolicy, type Policy } from "../policy/policy.ts";
import { readPolicyAt } from "../routes/read-routes.ts";
import { RouteConflictError, type RouteFinding } from "../routes/route-table.ts";

/**
 * Reads `config.cors` of a route.
 *
 * @param route its method and its path, for messages
 * @throws {Error} with everything that is wrong
 */
export type ReadRoutePolicy = (cors: unknown, route: string) => Policy | false;

/** Takes what a policy is made of, too. */
export const checkRoutePolicy: ReadRoutePolicy = (cors, route) => {
  const findings: RouteFinding[] = [];
  const policy = readPolicyAt(findings, `${route} config.cors`, cors, {});
  if (policy === undefined) throw new RouteConflictError(findings);
  return policy;
};

/** Takes only a policy that was made before, so that no checks have to be there. */
export const takeRoutePolicy: ReadRoutePolicy = (cors, route) => {
  if (cors === false || isPolicy(cors)) return cors;
  throw new TypeError(
    `${route} config.cors: this is not a policy. With enforce, give one that definePolicy made, or false.`,
  );
};
