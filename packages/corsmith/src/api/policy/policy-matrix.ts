import type { PolicySet } from "../../config/policy-set.ts";
import { routeFor } from "../../gateway/route-table.ts";
import type { Matrix, MatrixRequest } from "../schemas/policy-effect.ts";
import { type ExampleOrigin, exampleOrigins } from "./example-origins.ts";
import { policyEffect } from "./policy-effect.ts";

const usualMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const mostOrigins = 200;

/** The effect of policies on the requests that are asked about. Pure: nothing is sent. */
export function policyMatrix(policies: PolicySet, request: Omit<MatrixRequest, "candidate">): Matrix {
  const { path = "/", methods = usualMethods, headers = [] } = request;
  const { route, policy } = routeFor(policies.table, path);
  const origins: readonly ExampleOrigin[] =
    request.origins?.map((origin) => ({ origin, named: policy.allowOrigins.includes(origin) })) ??
    exampleOrigins([policy], mostOrigins);
  return {
    path,
    route,
    methods,
    rows: origins.map((example) => ({
      ...example,
      effects: methods.map((method) => policyEffect(policy, example.origin, method, headers)),
    })),
  };
}
