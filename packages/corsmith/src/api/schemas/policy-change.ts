import { Type } from "typebox";
import { type Data, Kind, named, oneOf, Reason, text } from "../../journal/schema/common.ts";
import { Finding } from "./finding.ts";
import { Candidate } from "./policy.ts";

const names = Type.Array(Type.String());

export const PolicyChange = Type.Object(
  {
    route: text("`/` for the default policy."),
    kind: oneOf(["changed", "route-added", "route-removed"]),
    key: Type.Optional(
      text("The key that differs, if the route is in both; `policy` if one of the two has none there."),
    ),
    added: Type.Optional(names),
    removed: Type.Optional(names),
    before: Type.Optional(Type.Unknown()),
    after: Type.Optional(Type.Unknown()),
  },
  named("PolicyChange", "One thing in which two policies differ."),
);
export type PolicyChange = Data<typeof PolicyChange>;

const access = Type.Object({ allowed: Type.Boolean(), reason: Reason, credentials: Type.Boolean() });

export const AccessChange = Type.Object(
  {
    route: Type.String(),
    origin: Type.String(),
    method: Type.String(),
    before: access,
    after: access,
  },
  named("AccessChange", "What a page could do before, and could do after."),
);
export type AccessChange = Data<typeof AccessChange>;

export const PolicyDiff = Type.Object(
  {
    same: Type.Boolean({ description: "Do the two mean the same?" }),
    changes: Type.Array(PolicyChange),
    gained: Type.Array(AccessChange, { description: "What pages could do that they cannot do now." }),
    lost: Type.Array(AccessChange, { description: "What pages can do now and could not do any more." }),
    handedOver: Type.Array(
      Type.Object({
        route: Type.String(),
        to: oneOf(["api", "policy"], { description: "Who decides there afterwards." }),
      }),
      {
        description:
          "Routes that get a policy, or lose theirs. The API decides there itself before or afterwards, so `gained` and `lost` do not know them.",
      },
    ),
    truncated: Type.Boolean({ description: "Were there more changes of access than are listed?" }),
    lines: Type.Array(
      Type.Object({
        kind: oneOf(["same", "added", "removed"]),
        text: Type.String(),
      }),
      {
        description:
          "The text of the file, line by line; unchanged parts are left out, except three lines around each change.",
      },
    ),
    findings: Type.Array(Finding),
    ok: Type.Boolean({ description: "Can the candidate be applied?" }),
  },
  named("PolicyDiff", "What would change if a candidate replaced the active policy."),
);
export type PolicyDiff = Data<typeof PolicyDiff>;

const route = Type.Optional(text("The path of the route whose policy changes. Default: the default policy.", 2_048));

const origin = Type.String({ maxLength: 1_024 });
const closed = { additionalProperties: false } as const;
const policyKeys = Type.Record(Type.String(), Type.Unknown(), {
  description: "The keys of a policy, as they are written.",
});

export const Proposal = Type.Union(
  [
    Type.Object({ change: Type.Literal("allow-origin"), origin, route }, closed),
    Type.Object({ change: Type.Literal("refuse-origin"), origin, route }, closed),
    Type.Object({ change: Type.Literal("set-policy"), policy: policyKeys, route }, closed),
  ],
  named("Proposal", "A change that is to be written into the text of the file. The call itself changes nothing."),
);
export type Proposal = Data<typeof Proposal>;

export const ProposedText = Type.Object(
  {
    text: text("The new text of the file: give it to `apply`."),
    base: Type.String(),
    editable: Type.Boolean(),
    reason: Type.Optional(text("Why the API cannot write the file itself.")),
    note: Type.Optional(text("What the proposal cannot do, such as refusing an origin that a pattern covers.")),
    diff: PolicyDiff,
  },
  named("ProposedText", "The text of the file with the change in it, and what it would change."),
);
export type ProposedText = Data<typeof ProposedText>;

const texts = (maxLength: number, maxItems: number, description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength }), { maxItems, description }));

export const MatrixRequest = Type.Object(
  {
    candidate: Type.Optional(Candidate),
    path: Type.Optional(text("The path of the request, by which its route is found. Default `/`.", 2_048)),
    origins: texts(
      1_024,
      200,
      "Default: those that the policy names, one example for each pattern, and one that it does not name.",
    ),
    methods: texts(64, 20, "Default GET, POST, PUT, PATCH, DELETE."),
    headers: texts(256, 50, "Headers that the page sets, beyond the safelist."),
  },
  { ...named("MatrixRequest", "The requests whose effect is wanted."), additionalProperties: false },
);
export type MatrixRequest = Data<typeof MatrixRequest>;

export const Effect = Type.Object(
  {
    method: Type.String(),
    allowed: Type.Boolean({ description: "May the page read the answer?" }),
    preflight: Type.Boolean({ description: "Does the browser send a preflight?" }),
    reason: Reason,
    kind: Kind,
    credentials: Type.Boolean({ description: "May the page send credentials?" }),
    reaches: Type.Boolean({ description: "Does the request reach the API, even if the page may not read the answer?" }),
    names: Type.Optional(Type.Array(Type.String(), { description: "The headers that are refused." })),
  },
  named("Effect", "What a page of an origin meets with a method."),
);
export type Effect = Data<typeof Effect>;

export const Matrix = Type.Object(
  {
    path: Type.String(),
    route: text("The route that the path falls under; `/` for the default policy."),
    methods: Type.Array(Type.String()),
    rows: Type.Array(
      Type.Object({
        origin: Type.String(),
        pattern: Type.Optional(text("The pattern for which this origin is an example.")),
        named: Type.Boolean({ description: "Does the policy name it, or a pattern of it?" }),
        effects: Type.Array(Effect),
      }),
    ),
  },
  named("Matrix", "The effect of a policy: origins down, methods across."),
);
export type Matrix = Data<typeof Matrix>;
