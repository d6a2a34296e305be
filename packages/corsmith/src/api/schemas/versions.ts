import { Type } from "typebox";
import { type Data, named, next, oneOf, orNull, Time, text } from "../../journal/schema/common.ts";
import { PolicyDiff } from "./policy-change.ts";

const version = {
  id: Type.Integer({ minimum: 1 }),
  time: Time,
  trigger: oneOf(["start", "edit", "SIGHUP", "apply", "roll-back"], {
    description: "What brought it: the program's start, an edit of the file, a signal, or this API.",
  }),
  who: text("Who applied it, as they named themselves; `the file` for edits."),
  comment: Type.String(),
  file: orNull(Type.String()),
  base: text("Names the text."),
  load: Type.Integer({ description: "The load that activated it." }),
  inForce: Type.Boolean({ description: "Is it active at the gateway that answers?" }),
  gateway: Type.Optional(text("The gateway whose policy it was, where that is kept: several may share a journal.")),
};

export const PolicyVersion = Type.Object(version, named("PolicyVersion", "A policy that was active once."));
export type PolicyVersion = Data<typeof PolicyVersion>;

export const PolicyVersionText = Type.Object(
  {
    ...version,
    text: text("The whole text of the file, or the policy as YAML where there is no file to write."),
    diff: Type.Optional(PolicyDiff),
  },
  named("PolicyVersionText", "A version with its text, and what rolling back to it would change."),
);
export type PolicyVersionText = Data<typeof PolicyVersionText>;

export const PolicyVersions = Type.Object(
  { versions: Type.Array(PolicyVersion), next },
  named("PolicyVersions", "Versions, the newest first."),
);
export type PolicyVersions = Data<typeof PolicyVersions>;

const confirmed = {
  base: text("The state of the file that the change was made from.", 128),
  confirm: Type.Literal(true, { description: "Must be true: this changes what is enforced." }),
  comment: Type.Optional(text("Why.", 500)),
  who: Type.Optional(text("Who applies it.", 100)),
};

export const ApplyRequest = Type.Object(
  { text: text("The whole new text of the file.", 1_000_000), ...confirmed },
  {
    ...named("ApplyRequest", "The new text of the file, and the state that it was made from."),
    additionalProperties: false,
  },
);
export type ApplyRequest = Data<typeof ApplyRequest>;

export const RollBackRequest = Type.Object(confirmed, {
  ...named("RollBackRequest", "Confirms that the text of an old version is written again."),
  additionalProperties: false,
});
export type RollBackRequest = Data<typeof RollBackRequest>;

export const Applied = Type.Object(
  { version: PolicyVersion, base: text("The state of the file now.") },
  named("Applied", "The version that is active now."),
);
export type Applied = Data<typeof Applied>;
