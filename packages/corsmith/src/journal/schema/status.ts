import { Type } from "typebox";
import { breakdown, count, type Data, named, oneOf, orNull, Time } from "./common.ts";
import { Sample } from "./decisions.ts";

const Gateway = Type.Object(
  {
    name: Type.String({ description: "The machine's name and the port on which it listens." }),
    own: Type.Boolean({ description: "Is it the gateway that answers this call?" }),
    running: Type.Boolean({ description: "Was it seen in the last half minute?" }),
    lastSeen: Time,
    policy: orNull(
      Type.String(),
      "Identifies the active policy of that gateway: the same value means the same policy. null: no policy, or not known.",
    ),
  },
  named("Gateway", "A gateway that keeps its decisions in the journal."),
);
export type GatewayState = Data<typeof Gateway>;

/** Decisions that are in no roll-up, and samples that would have been kept. */
const Lost = Type.Object({ decisions: count(), samples: count() });
export type Lost = Data<typeof Lost>;

export const JournalStatus = Type.Object(
  {
    backend: oneOf(["memory", "sqlite", "postgresql"]),
    place: Type.String({ description: "The file, or host and name of the database; never a password." }),
    schema: Type.Integer({ description: "The version of the tables." }),
    bytes: orNull(count(), "null while the database cannot be asked."),
    maxBytes: count(),
    pending: count("Decisions that are not written yet."),
    lastWrite: orNull(Time),
    failing: orNull(Type.Object({ since: Time, message: Type.String() }), "Since when it cannot be written, and why."),
    lost: Lost,
    gateways: Type.Array(Gateway, {
      description:
        "Those that share a PostgreSQL and were seen within the last hour, this one first; otherwise this one alone.",
    }),
    retention: Type.Object({ minuteHours: count(), hourDays: count(), sampleDays: count(), originDays: count() }),
  },
  named("JournalStatus", "Health of the journal."),
);
export type JournalStatus = Data<typeof JournalStatus>;

/** What happened since the last moment. Of bounded size, however much happened. */
export const moment = {
  time: Time,
  milliseconds: count("How long the moment was."),
  allowed: count(),
  refused: count(),
  samples: Type.Array(Sample, { description: "Some of its decisions, at most 50: blocked ones first." }),
  lost: Lost,
};
const Moment = Type.Object({ ...breakdown, ...moment });
export type JournalMoment = Data<typeof Moment>;
