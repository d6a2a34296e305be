/** The types of the operator's API, for those who call it. */
export type * from "../journal/schema/decisions.ts";
export type * from "../journal/schema/origins.ts";
export type { Answers, Calls, Inputs } from "./operations.ts";
export type { Finding } from "./schemas/finding.ts";
export type * from "./schemas/live.ts";
export type * from "./schemas/policy.ts";
export type * from "./schemas/policy-change.ts";
export type { Problem } from "./schemas/problem.ts";
export type { Status } from "./schemas/status.ts";
export type * from "./schemas/versions.ts";
