import { Type } from "typebox";
import { breakdown, type Data, named, Time } from "../../journal/schema/common.ts";
import { moment } from "../../journal/schema/status.ts";

/** What happened since the last moment. */
const Moment = Type.Object(
  {
    ...breakdown,
    event: Type.Literal("moment"),
    decidedBy: Type.Union([Type.Literal("this-gateway"), Type.Literal("other-gateways")], {
      description:
        "`other-gateways`: those that share the PostgreSQL, all together, as they have written it: about a second later. Each sample names its gateway.",
    }),
    ...moment,
  },
  named("Moment", "What happened since the last moment, half a second ago or longer."),
);
export type Moment = Data<typeof Moment>;

/** What the stream carries. The type of each event is also the `event` of its data. */
export const LiveEvent = Type.Union(
  [
    Moment,
    Type.Object({
      event: Type.Literal("policy"),
      time: Time,
      load: Type.Integer(),
      outcome: Type.Union([Type.Literal("in-force"), Type.Literal("refused"), Type.Literal("not-everywhere")]),
    }),
    Type.Object({
      event: Type.Literal("missed"),
      time: Time,
    }),
  ],
  named(
    "LiveEvent",
    "`moment`: what happened. `policy`: a load of the policy came. `missed`: what lies between your `Last-Event-ID` and now is not kept any more; ask anew for what you show.",
  ),
);
export type LiveEvent = Data<typeof LiveEvent>;

/** A question about a live API. */
export const CheckRequest = Type.Object(
  {
    url: Type.String({
      maxLength: 8_192,
      description: "Of the API behind this gateway: the gateway itself, or its upstream.",
    }),
    origin: Type.String({ maxLength: 1_024, description: "The origin of the page." }),
    method: Type.Optional(
      Type.String({
        maxLength: 64,
        description: "Default GET. An unsafe method is only asked about: its preflight is sent, the request is not.",
      }),
    ),
    headers: Type.Optional(
      Type.Record(Type.String({ maxLength: 256 }), Type.String({ maxLength: 8_192 }), { maxProperties: 50 }),
    ),
    credentials: Type.Optional(Type.Boolean()),
    engine: Type.Optional(
      Type.Union([Type.Literal("standard"), Type.Literal("chromium"), Type.Literal("firefox"), Type.Literal("webkit")]),
    ),
  },
  { ...named("CheckRequest", "What a page would do with the live API."), additionalProperties: false },
);
export type CheckRequest = Data<typeof CheckRequest>;

/** What `corsmith check --json` prints: the keys that one looks at first, and further ones. */
export const CheckReport = Type.Object(
  {
    verdict: Type.Union([Type.Literal("allowed"), Type.Literal("blocked"), Type.Literal("unreached")]),
    headline: Type.String({ description: "The verdict and its reason, one sentence." }),
    steps: Type.Array(Type.Unknown(), { description: "What the browser does, step by step." }),
    fixes: Type.Array(Type.Unknown(), { description: "Who has to change what." }),
    warnings: Type.Array(Type.Object({ says: Type.String(), fix: Type.String() }, { additionalProperties: true }), {
      description: "Things that will hurt, or already do, beside the verdict.",
    }),
    sent: Type.Array(
      Type.Object(
        {
          purpose: Type.String(),
          method: Type.String(),
          url: Type.String(),
          status: Type.Optional(Type.Integer()),
          corsHeaders: Type.Array(Type.Tuple([Type.String(), Type.String()])),
        },
        { additionalProperties: true },
      ),
      { description: "Every request that went out, in order." },
    ),
  },
  { ...named("CheckReport", "The same as `corsmith check --json` prints."), additionalProperties: true },
);
export type CheckReport = Data<typeof CheckReport>;
