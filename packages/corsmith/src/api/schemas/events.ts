import { Type } from "typebox";
import { breakdown } from "./counts.ts";
import { Sample } from "./decisions.ts";
import { type Data, named } from "./schema.ts";
import { Time } from "./times.ts";

const count = Type.Integer({ minimum: 0 });

/** What happened since the last moment. */
const Moment = Type.Object(
  {
    ...breakdown,
    event: Type.Literal("moment"),
    decidedBy: Type.Union([Type.Literal("this-gateway"), Type.Literal("other-gateways")], {
      description:
        "`other-gateways`: those that share the PostgreSQL, all together, as they have written it: about a second later. Each sample names its gateway.",
    }),
    time: Time,
    milliseconds: Type.Integer({ minimum: 0, description: "How long the moment was." }),
    allowed: count,
    refused: count,
    samples: Type.Array(Sample, { description: "Some of its decisions, at most 50: blocked ones first." }),
    lost: Type.Object({ decisions: count, samples: count }),
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
