import { Type } from "typebox";
import { type Data, named, text } from "../../journal/schema/common.ts";
import { Finding } from "./finding.ts";

/** Every code with which the API refuses, and its status. The meaning of a code never changes. */
export const problemStatuses = {
  "body-invalid": 400,
  "body-not-json": 400,
  "body-too-large": 413,
  "body-type-unsupported": 415,
  "check-refused": 403,
  "confirmation-missing": 400,
  "cursor-invalid": 400,
  "file-not-editable": 409,
  internal: 500,
  "journal-unavailable": 503,
  "method-not-allowed": 405,
  "not-found": 404,
  "parameter-invalid": 400,
  "parameter-unknown": 400,
  "policy-changed": 409,
  "policy-not-in-force": 504,
  "policy-refused": 422,
  refused: 403,
  starting: 503,
  "token-missing": 401,
  "token-too-often": 429,
  "token-wrong": 401,
  "too-many": 429,
  "version-unknown": 404,
} as const;

/** A code with which the API refuses. */
export type ProblemCode = keyof typeof problemStatuses;

/** All of them. */
export const problemCodes = Object.keys(problemStatuses) as ProblemCode[];

/**
 * Why a call was refused.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const Problem = Type.Object(
  {
    type: text("`urn:corsmith:problem:` and the code."),
    title: text("What the status says, in words."),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum(problemCodes, { description: "A stable word for programs." }),
    detail: text("What is wrong, in a sentence."),
    field: Type.Optional(
      text("The parameter, header or part of the body that is wrong: `query.limit`, `body.events[3].time`."),
    ),
    value: Type.Optional(Type.Unknown({ description: "What was there, capped." })),
    fix: text("What to do."),
    findings: Type.Optional(
      Type.Array(Finding, { description: "With `policy-refused`: everything that is wrong with the policy." }),
    ),
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 1, description: "With `token-too-often`: seconds, as in the header Retry-After." }),
    ),
    current: Type.Optional(text("With `policy-changed`: the base to start again from.")),
  },
  named("Problem", "Why a call was refused (RFC 9457)."),
);
export type Problem = Data<typeof Problem>;
