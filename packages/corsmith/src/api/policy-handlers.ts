import { ApiProblem } from "./api-problem.ts";
import type { HandlersOf } from "./handlers.ts";
import type { ApiContext } from "./operation.ts";
import { policyMatrix } from "./policy/policy-effect.ts";
import { plainPolicies, policyReport } from "./policy/policy-source.ts";

/** The policy in force, and what another one would mean. */
export function policyHandlers({
  desk,
}: ApiContext): HandlersOf<
  "getPolicy" | "getPolicySource" | "checkPolicy" | "policyMatrix" | "diffPolicy" | "proposePolicy"
> {
  return {
    getPolicy() {
      if (!desk.started) return { load: 0 };
      const { load, since, source, policies } = desk.inForce();
      return { load, since: since.toISOString(), source, ...plainPolicies(policies) };
    },
    getPolicySource: () => desk.source().source,
    checkPolicy: ({ body }) => policyReport(desk.evaluate(body)),
    policyMatrix({ body: { candidate, ...request } }) {
      if (candidate === undefined) return policyMatrix(desk.inForce().policies, request);
      const { policies, findings } = desk.evaluate(candidate);
      if (policies !== undefined) return policyMatrix(policies, request);
      throw new ApiProblem("policy-refused", {
        detail: "The candidate has mistakes, so it has no effect.",
        field: "body.candidate",
        fix: "Correct what the findings name.",
        findings,
      });
    },
    diffPolicy: ({ body }) => desk.diff(body),
    proposePolicy: ({ body }) => desk.propose(body),
  };
}
