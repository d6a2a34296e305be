import type { OperationAnswer, OperationInput } from "./operation.ts";
import type { OperationName, operations } from "./operations.ts";

export type {
  Overview,
  RouteSummary,
  Routes,
  Sample,
  Samples,
  SentDecisions,
  Series,
  TakenDecisions,
} from "../journal/schema/decisions.ts";
export type { OriginDetail, OriginSummary, Origins } from "../journal/schema/origins.ts";
export type { Problem, ProblemCode } from "./api-problem.ts";
export type { OperationName, operations } from "./operations.ts";
export type { Finding } from "./schemas/finding.ts";
export type { CheckReport, CheckRequest, LiveEvent, Moment } from "./schemas/live.ts";
export type { Candidate, Policy, PolicyInForce, PolicyReport, PolicySource, Route } from "./schemas/policy.ts";
export type {
  AccessChange,
  Effect,
  Matrix,
  MatrixRequest,
  PolicyChange,
  PolicyDiff,
  Proposal,
  ProposedText,
} from "./schemas/policy-change.ts";
export type { Status } from "./schemas/status.ts";
export type {
  Applied,
  ApplyRequest,
  PolicyVersion,
  PolicyVersions,
  PolicyVersionText,
  RollBackRequest,
} from "./schemas/versions.ts";

/** What each call is asked with, by its name. */
export type Inputs = { readonly [Name in OperationName]: OperationInput<(typeof operations)[Name]> };

/** What each call answers, by its name. */
export type Answers = { readonly [Name in OperationName]: OperationAnswer<(typeof operations)[Name]> };
