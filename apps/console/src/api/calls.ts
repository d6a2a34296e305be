import type { OperationName, operations } from "corsmith/api";

type Line<Name extends OperationName> = `${(typeof operations)[Name]["method"]} ${(typeof operations)[Name]["path"]}`;

/** The calls that the console makes: the method and the path, which the compiler compares with the API's own table. */
export const calls = {
  getStatus: "GET /api/status",
  getPolicy: "GET /api/policy",
  getPolicySource: "GET /api/policy/source",
  checkPolicy: "POST /api/policy/check",
  policyMatrix: "POST /api/policy/matrix",
  diffPolicy: "POST /api/policy/diff",
  proposePolicy: "POST /api/policy/propose",
  applyPolicy: "POST /api/policy/apply",
  listPolicyVersions: "GET /api/policy/versions",
  getPolicyVersion: "GET /api/policy/versions/{id}",
  rollBackPolicy: "POST /api/policy/versions/{id}/roll-back",
  getOverview: "GET /api/decisions/overview",
  getSeries: "GET /api/decisions/series",
  listRoutes: "GET /api/decisions/routes",
  listSamples: "GET /api/decisions/samples",
  getSample: "GET /api/decisions/samples/{id}",
  listOrigins: "GET /api/origins",
  getOrigin: "GET /api/origins/{origin}",
  checkLive: "POST /api/check",
} as const satisfies { readonly [Name in OperationName]?: Line<Name> };

/** The name of a call that the console makes. */
export type CallName = keyof typeof calls;
