import { Type } from "typebox";
import { type Data, named, oneOf, text } from "../../journal/schema/common.ts";

export const Finding = Type.Object(
  {
    code: text("A stable word: `origin-trailing-slash`."),
    severity: oneOf(["error", "warning"], {
      description: "An error keeps the policy from being used; a warning does not.",
    }),
    path: text("Where: `routes[0].policy.allowOrigins[1]`. Empty for the whole."),
    value: Type.Unknown({ description: "The value at this path; null if there is none." }),
    message: text("What is wrong with it, in a sentence."),
    fix: text("The corrected value wherever there is one, otherwise what to do."),
    who: Type.Optional(
      oneOf(["server", "proxy", "client"], {
        description: "Who has to act, where that is not the author of the file.",
      }),
    ),
    file: Type.Optional(Type.String()),
    line: Type.Optional(Type.Integer({ minimum: 1 })),
    column: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  named("Finding", "One mistake in a policy, with its place and its fix."),
);
export type Finding = Data<typeof Finding>;
