import { Type } from "typebox";
import { Sample } from "./decisions.ts";
import { type Data, named } from "./schema.ts";
import { Time } from "./times.ts";

/** What the stream of events carries; the name of each event is its `event`. */
export const LiveEvent = Type.Union(
  [
    Type.Object({ event: Type.Literal("decision"), sample: Sample }),
    Type.Object({
      event: Type.Literal("tick"),
      time: Time,
      decisions: Type.Integer({ minimum: 0, description: "Decisions since the last tick, a second ago." }),
      allowed: Type.Integer({ minimum: 0 }),
      refused: Type.Integer({ minimum: 0 }),
      skipped: Type.Integer({ minimum: 0, description: "Decisions that were counted here and not sent whole." }),
    }),
    Type.Object({
      event: Type.Literal("policy"),
      time: Time,
      load: Type.Integer(),
      outcome: Type.Union([Type.Literal("in-force"), Type.Literal("refused")]),
    }),
    Type.Object({
      event: Type.Literal("missed"),
      time: Time,
      description: Type.String({
        description: "Events between the last one that you have and this moment are not kept any more.",
      }),
    }),
  ],
  named("LiveEvent", "One event of the stream."),
);
export type LiveEvent = Data<typeof LiveEvent>;
