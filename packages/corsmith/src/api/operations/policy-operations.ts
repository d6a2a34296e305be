import { Type } from "typebox";
import { megabyte, type Operation } from "../operation.ts";
import { Candidate, PolicyInForce, PolicyReport, PolicySource } from "../schemas/policy.ts";
import { PolicyDiff, Proposal, ProposedText } from "../schemas/policy-change.ts";
import { Matrix, MatrixRequest } from "../schemas/policy-effect.ts";
import { pageQuery } from "../schemas/times.ts";
import { Applied, ApplyRequest, PolicyVersions, PolicyVersionText, RollBackRequest } from "../schemas/versions.ts";

const versionId = { id: Type.Integer({ minimum: 1, description: "The number of the version." }) };

/** The calls about the policy: what is in force, what another one would mean, and its versions. */
export const policyOperations = {
  getPolicy: {
    method: "GET",
    path: "/api/policy",
    tag: "Policy",
    summary: "The policies in force",
    answer: PolicyInForce,
    status: 200,
    problems: [],
  },
  getPolicySource: {
    method: "GET",
    path: "/api/policy/source",
    tag: "Policy",
    summary: "The file in which the policy is written",
    description: "Its text, whether this API can write it, and the findings with their lines.",
    answer: PolicySource,
    status: 200,
    problems: [],
  },
  checkPolicy: {
    method: "POST",
    path: "/api/policy/check",
    tag: "Policy",
    summary: "Find every mistake in a candidate",
    description: "Changes nothing. A candidate with errors is still answered with 200: the findings are the answer.",
    body: Candidate,
    bodyBytes: megabyte,
    answer: PolicyReport,
    status: 200,
    problems: [],
  },
  policyMatrix: {
    method: "POST",
    path: "/api/policy/matrix",
    tag: "Policy",
    summary: "The effect as a matrix of origins and methods",
    description: "Of a candidate, or of the policy in force. Changes nothing, sends nothing.",
    body: MatrixRequest,
    bodyBytes: megabyte,
    answer: Matrix,
    status: 200,
    problems: ["policy-refused"],
  },
  diffPolicy: {
    method: "POST",
    path: "/api/policy/diff",
    tag: "Policy",
    summary: "What a candidate would change",
    description: "Compared with the policy in force: key by key, access gained and lost, and the text line by line.",
    body: Candidate,
    bodyBytes: megabyte,
    answer: PolicyDiff,
    status: 200,
    problems: [],
  },
  proposePolicy: {
    method: "POST",
    path: "/api/policy/propose",
    tag: "Policy",
    summary: "Write a change into the text of the file",
    description:
      "Gives the new text and its diff, with the comments of the file kept. Nothing is changed: `applyPolicy` does that.",
    body: Proposal,
    bodyBytes: megabyte,
    answer: ProposedText,
    status: 200,
    problems: ["parameter-invalid"],
  },
  applyPolicy: {
    method: "POST",
    path: "/api/policy/apply",
    tag: "Versions",
    summary: "Put a text in force",
    description:
      "Writes the file, waits until every process has taken it up, and keeps it as a version. A text with an error is refused with all findings, and nothing changes. So is one that changes more than policies.",
    body: ApplyRequest,
    bodyBytes: megabyte * 2,
    answer: Applied,
    status: 200,
    problems: ["confirmation-missing", "policy-changed", "policy-refused", "policy-not-in-force", "file-not-editable"],
  },
  listPolicyVersions: {
    method: "GET",
    path: "/api/policy/versions",
    tag: "Versions",
    summary: "What was in force, the newest first",
    query: pageQuery,
    answer: PolicyVersions,
    status: 200,
    problems: ["cursor-invalid"],
  },
  getPolicyVersion: {
    method: "GET",
    path: "/api/policy/versions/{id}",
    tag: "Versions",
    summary: "One version, with its text",
    params: versionId,
    answer: PolicyVersionText,
    status: 200,
    problems: ["version-unknown"],
  },
  rollBackPolicy: {
    method: "POST",
    path: "/api/policy/versions/{id}/roll-back",
    tag: "Versions",
    summary: "Put an old version in force again",
    description: "Writes its text into the file, as `applyPolicy` does.",
    params: versionId,
    body: RollBackRequest,
    answer: Applied,
    status: 200,
    problems: [
      "version-unknown",
      "confirmation-missing",
      "policy-changed",
      "policy-refused",
      "policy-not-in-force",
      "file-not-editable",
    ],
  },
} as const satisfies Readonly<Record<string, Operation>>;
