import { Type } from "typebox";
import { type Data, named, Time } from "../../journal/schema/common.ts";

const count = Type.Integer({ minimum: 0 });

/** A gateway that keeps its decisions in the journal. */
const Gateway = Type.Object(
  {
    name: Type.String({ description: "The machine's name and the port on which it listens." }),
    own: Type.Boolean({ description: "Is it the one that answers?" }),
    running: Type.Boolean({ description: "Was it heard of in the last half minute?" }),
    lastSeen: Time,
    policy: Type.Union([Type.String(), Type.Null()], {
      description: "Names the policy in force there: the same name means the same policy. null: none, or not known.",
    }),
  },
  named("Gateway", "A gateway that keeps its decisions in the journal."),
);

/** How the journal is doing. */
const JournalStatus = Type.Object(
  {
    backend: Type.Union([Type.Literal("memory"), Type.Literal("sqlite"), Type.Literal("postgresql")]),
    place: Type.String({ description: "The file, or host and name of the database; never a password." }),
    schema: Type.Integer({ description: "The version of the tables." }),
    bytes: Type.Union([count, Type.Null()], { description: "null while the database cannot be asked." }),
    maxBytes: count,
    pending: Type.Integer({ minimum: 0, description: "Decisions that are not written yet." }),
    lastWrite: Type.Union([Time, Type.Null()]),
    failing: Type.Union([Type.Object({ since: Time, message: Type.String() }), Type.Null()], {
      description: "Since when it cannot be written, and why.",
    }),
    lost: Type.Object({ decisions: count, samples: count }),
    gateways: Type.Array(Gateway, {
      description: "Those that share a PostgreSQL, heard of within the hour, this one first; otherwise this one alone.",
    }),
    retention: Type.Object({ minuteHours: count, hourDays: count, sampleDays: count, originDays: count }),
  },
  named("JournalStatus", "How the journal is doing."),
);

/** How the program is. */
export const Status = Type.Object(
  {
    version: Type.String(),
    ready: Type.Boolean(),
    now: Time,
    startedAt: Time,
    upstream: Type.Union([Type.String(), Type.Null()], {
      description: "The API in front of which the gateway stands; null for a collector.",
    }),
    listen: Type.Union([Type.String(), Type.Null()]),
    admin: Type.String(),
    workers: Type.Integer({ minimum: 0 }),
    mode: Type.Union([Type.String(), Type.Null()], { description: "The overlay in force." }),
    demo: Type.Boolean({ description: "Is the upstream the embedded demo?" }),
    demoPages: Type.Optional(Type.Object({ allowed: Type.String(), refused: Type.String() })),
    policy: Type.Object({
      load: Type.Integer(),
      since: Time,
      source: Type.String(),
      lastRefused: Type.Optional(Type.Object({ load: Type.Integer(), time: Time, findings: Type.Integer() })),
    }),
    journal: Type.Union([JournalStatus, Type.Null()], { description: "null: nothing is kept." }),
    token: Type.Boolean({ description: "Does this API demand a token?" }),
  },
  named("Status", "How the program is."),
);
export type Status = Data<typeof Status>;
