import type { Data } from "../journal/schema/common.ts";
import { decisionOperations } from "./operations/decisions.ts";
import { liveOperations } from "./operations/live.ts";
import { originOperations } from "./operations/origins.ts";
import { policyOperations } from "./operations/policy.ts";
import { statusOperations } from "./operations/status.ts";
import { versionOperations } from "./operations/versions.ts";

/** Every call of the operator's API, by its name. */
export const operations = {
  ...statusOperations,
  ...policyOperations,
  ...versionOperations,
  ...decisionOperations,
  ...originOperations,
  ...liveOperations,
};

type Operations = typeof operations;
/** The name of a call. */
export type OperationName = keyof Operations;

/** What each call is asked with, by its name. */
export type Inputs = { readonly [Name in OperationName]: Parameters<NonNullable<Operations[Name]["handle"]>>[0] };
/** What each call answers, by its name. */
export type Answers = { readonly [Name in OperationName]: Data<Operations[Name]["answer"]> };
/** The same by the line that asks: `GET /api/origins/{origin}`. A program that calls the API needs no other table. */
export type Calls = {
  readonly [Name in OperationName as `${Operations[Name]["method"]} ${Operations[Name]["path"]}`]: {
    readonly input: Inputs[Name];
    readonly answer: Answers[Name];
  };
};
