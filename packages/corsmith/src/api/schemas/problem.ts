import { Type } from "typebox";
import { Finding } from "./finding.ts";
import { type Data, named } from "./schema.ts";

/** Every code with which the API refuses. The meaning of a code never changes. */
export const problemCodes = [
  "body-invalid",
  "body-not-json",
  "body-too-large",
  "body-type-unsupported",
  "check-refused",
  "confirmation-missing",
  "cursor-invalid",
  "file-not-editable",
  "internal",
  "journal-unavailable",
  "method-not-allowed",
  "not-found",
  "parameter-invalid",
  "parameter-unknown",
  "policy-changed",
  "policy-not-in-force",
  "policy-refused",
  "refused",
  "starting",
  "token-missing",
  "token-too-often",
  "token-wrong",
  "too-many",
  "version-unknown",
] as const;

/** A code of the catalogue {@link problemCodes}. */
export type ProblemCode = (typeof problemCodes)[number];

/**
 * Why a call was refused.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "`urn:corsmith:problem:` and the code." }),
    title: Type.String({ description: "What the status says, in words." }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum([...problemCodes], { description: "A stable word for programs." }),
    detail: Type.String({ description: "What is wrong, in a sentence." }),
    field: Type.Optional(
      Type.String({
        description: "The parameter, header or part of the body that is wrong: `query.limit`, `body.events[3].time`.",
      }),
    ),
    value: Type.Optional(Type.Unknown({ description: "What stood there, capped." })),
    fix: Type.String({ description: "What to do." }),
    findings: Type.Optional(
      Type.Array(Finding, { description: "With `policy-refused`: everything that is wrong with the policy." }),
    ),
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 1, description: "With `token-too-often`: seconds, as in the header Retry-After." }),
    ),
    current: Type.Optional(Type.String({ description: "With `policy-changed`: the base to begin anew from." })),
  },
  named("Problem", "Why a call was refused (RFC 9457)."),
);
export type Problem = Data<typeof Problem>;
