import { Type } from "typebox";
import { type Data, named, next, Time } from "../../journal/schema/common.ts";
import { PolicyDiff } from "./policy-change.ts";

const about = {
  id: Type.Integer({ minimum: 1 }),
  time: Time,
  trigger: Type.Union(
    [
      Type.Literal("start"),
      Type.Literal("edit"),
      Type.Literal("SIGHUP"),
      Type.Literal("apply"),
      Type.Literal("roll-back"),
    ],
    { description: "What brought it: the program's start, an edit of the file, a signal, or this API." },
  ),
  who: Type.String({ description: "Who applied it, in their own words; `the file` for edits." }),
  comment: Type.String(),
  file: Type.Union([Type.String(), Type.Null()]),
  base: Type.String({ description: "Names the text." }),
  load: Type.Integer({ description: "The load that put it in force." }),
  inForce: Type.Boolean({ description: "Is it in force at the gateway that answers?" }),
  gateway: Type.Optional(
    Type.String({ description: "The gateway whose policy it was, where that is kept: several may share a journal." }),
  ),
};

/** A policy as it was put in force once. */
export const PolicyVersion = Type.Object(about, named("PolicyVersion", "A policy as it was put in force once."));
export type PolicyVersion = Data<typeof PolicyVersion>;

/** The same with its text. */
export const PolicyVersionText = Type.Object(
  {
    ...about,
    text: Type.String({
      description: "The whole text of the file, or the policy as YAML where there is no file to write.",
    }),
    diff: Type.Optional(PolicyDiff),
  },
  named("PolicyVersionText", "A version with its text, and what going back to it would change."),
);
export type PolicyVersionText = Data<typeof PolicyVersionText>;

/** Versions, the newest first. */
export const PolicyVersions = Type.Object(
  { versions: Type.Array(PolicyVersion), next },
  named("PolicyVersions", "Versions, the newest first."),
);
export type PolicyVersions = Data<typeof PolicyVersions>;

const agreed = {
  base: Type.String({ maxLength: 128, description: "The state of the file that the change was made from." }),
  confirm: Type.Literal(true, { description: "Must be true: this changes what is enforced." }),
  comment: Type.Optional(Type.String({ maxLength: 500, description: "Why." })),
  who: Type.Optional(Type.String({ maxLength: 100, description: "Who applies it." })),
};

/** A text that is to be put in force. */
export const ApplyRequest = Type.Object(
  { text: Type.String({ maxLength: 1_000_000, description: "The whole new text of the file." }), ...agreed },
  {
    ...named("ApplyRequest", "The new text of the file, and the state that it was made from."),
    additionalProperties: false,
  },
);
export type ApplyRequest = Data<typeof ApplyRequest>;

/** A version that is to be put in force again. */
export const RollBackRequest = Type.Object(agreed, {
  ...named("RollBackRequest", "Confirms that the text of an old version is written again."),
  additionalProperties: false,
});
export type RollBackRequest = Data<typeof RollBackRequest>;

/** What came of it. */
export const Applied = Type.Object(
  { version: PolicyVersion, base: Type.String({ description: "The state of the file now." }) },
  named("Applied", "The version that is in force now."),
);
export type Applied = Data<typeof Applied>;
