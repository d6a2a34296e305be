import { policySetData } from "../../config/policy-set.ts";
import { callsOf, megabyte } from "../operation.ts";
import { policyMatrix } from "../policy/policy-effect.ts";
import { policyRefused } from "../policy/policy-service.ts";
import { policyReport } from "../policy/policy-source.ts";
import { Candidate, PolicyInForce, PolicyReport, PolicySource } from "../schemas/policy.ts";
import { Matrix, MatrixRequest, PolicyDiff, Proposal, ProposedText } from "../schemas/policy-change.ts";

const { get, post } = callsOf("Policy");

/** The active policy, and what another one would mean. None of these calls changes anything. */
export const policyOperations = {
  getPolicy: get("/api/policy", "The active policies", {
    answer: PolicyInForce,
    handle(_, { policy }) {
      if (policy.active === undefined) return { load: 0 };
      const { load, since, source, policies } = policy.active;
      return { load, since: since.toISOString(), source, ...policySetData(policies) };
    },
  }),
  getPolicySource: get("/api/policy/source", "The file in which the policy is written", {
    description: "Its text, whether this API can write it, and the findings with their lines.",
    answer: PolicySource,
    handle: (_, { policy }) => policy.source().source,
  }),
  checkPolicy: post("/api/policy/check", "Find every mistake in a candidate", {
    description: "Changes nothing. A candidate with errors is still answered with 200: the findings are the answer.",
    body: Candidate,
    maxBodyBytes: megabyte,
    answer: PolicyReport,
    handle: ({ body }, { policy }) => policyReport(policy.evaluate(body)),
  }),
  policyMatrix: post("/api/policy/matrix", "The effect as a matrix of origins and methods", {
    description: "Of a candidate, or of the active policy. Changes nothing, sends nothing.",
    body: MatrixRequest,
    maxBodyBytes: megabyte,
    answer: Matrix,
    problems: ["policy-refused"],
    handle({ body: { candidate, ...request } }, { policy }) {
      if (candidate === undefined) return policyMatrix(policy.mustBeActive().policies, request);
      const { policies, findings } = policy.evaluate(candidate);
      if (policies !== undefined) return policyMatrix(policies, request);
      const detail = "The candidate has errors, so it has no effect.";
      throw policyRefused(detail, "body.candidate", findings);
    },
  }),
  diffPolicy: post("/api/policy/diff", "What a candidate would change", {
    description: "Compared with the active policy: key by key, access gained and lost, and the text line by line.",
    body: Candidate,
    maxBodyBytes: megabyte,
    answer: PolicyDiff,
    handle: ({ body }, { policy }) => policy.diff(body),
  }),
  proposePolicy: post("/api/policy/propose", "Write a change into the text of the file", {
    description:
      "Gives the new text and its diff, with the comments of the file kept. Nothing is changed: `applyPolicy` does that.",
    body: Proposal,
    maxBodyBytes: megabyte,
    answer: ProposedText,
    problems: ["parameter-invalid"],
    handle: ({ body }, { policy }) => policy.propose(body),
  }),
};
