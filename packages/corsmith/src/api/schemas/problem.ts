import { Type } from "typebox";
import { type Data, named, text } from "../../journal/schema/common.ts";
import { problemCodes } from "../api-problem.ts";
import { Finding } from "./finding.ts";

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
