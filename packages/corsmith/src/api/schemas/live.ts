import { Type } from "typebox";
import { breakdown, type Data, named, oneOf, Time, text } from "../../journal/schema/common.ts";
import { moment } from "../../journal/schema/status.ts";

const Moment = Type.Object(
  {
    ...breakdown,
    event: Type.Literal("moment"),
    decidedBy: oneOf(["this-gateway", "other-gateways"], {
      description:
        "`other-gateways`: those that share the PostgreSQL, all together, as they have written it: about a second later. Each sample names its gateway.",
    }),
    ...moment,
  },
  named("Moment", "What happened since the last moment, half a second ago or longer."),
);
export type Moment = Data<typeof Moment>;

export const LiveEvent = Type.Union(
  [
    Moment,
    Type.Object({
      event: Type.Literal("policy"),
      time: Time,
      load: Type.Integer(),
      outcome: oneOf(["in-force", "refused", "not-everywhere"]),
    }),
    Type.Object({
      event: Type.Literal("missed"),
      time: Time,
    }),
  ],
  named(
    "LiveEvent",
    "`moment`: what happened. `policy`: the policy was loaded. `missed`: what lies between your `Last-Event-ID` and now is no longer kept; read again what you show.",
  ),
);
export type LiveEvent = Data<typeof LiveEvent>;

export const CheckRequest = Type.Object(
  {
    url: text("A URL of this gateway, or of its upstream.", 8_192),
    origin: text("The origin of the page.", 1_024),
    method: Type.Optional(text("Default GET. Of an unsafe method only the preflight is sent, not the request.", 64)),
    headers: Type.Optional(
      Type.Record(Type.String({ maxLength: 256 }), Type.String({ maxLength: 8_192 }), { maxProperties: 50 }),
    ),
    credentials: Type.Optional(Type.Boolean()),
    engine: Type.Optional(oneOf(["standard", "chromium", "firefox", "webkit"])),
  },
  { ...named("CheckRequest", "What a page would do with the live API."), additionalProperties: false },
);
export type CheckRequest = Data<typeof CheckRequest>;

export const CheckReport = Type.Object(
  {
    verdict: oneOf(["allowed", "blocked", "unreached"]),
    headline: text("The verdict and its reason, one sentence."),
    steps: Type.Array(Type.Unknown(), { description: "What the browser does, step by step." }),
    fixes: Type.Array(Type.Unknown(), { description: "Who has to change what." }),
    warnings: Type.Array(Type.Object({ says: Type.String(), fix: Type.String() }, { additionalProperties: true }), {
      description: "Problems beside the verdict, now or later.",
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
