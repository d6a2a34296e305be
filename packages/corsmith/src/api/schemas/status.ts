import { Type } from "typebox";
import { count, type Data, named, orNull, Time } from "../../journal/schema/common.ts";
import { JournalStatus } from "../../journal/schema/status.ts";

export const Status = Type.Object(
  {
    version: Type.String(),
    ready: Type.Boolean(),
    now: Time,
    startedAt: Time,
    upstream: orNull(Type.String(), "The API behind the gateway; null for a collector."),
    listen: orNull(Type.String()),
    admin: Type.String(),
    workers: count(),
    mode: orNull(Type.String(), "The active section of the configuration."),
    demo: Type.Boolean({ description: "Is the upstream the embedded demo?" }),
    demoPages: Type.Optional(Type.Object({ allowed: Type.String(), refused: Type.String() })),
    policy: Type.Object({
      load: Type.Integer(),
      since: Time,
      source: Type.String(),
      lastRefused: Type.Optional(Type.Object({ load: Type.Integer(), time: Time, findings: Type.Integer() })),
    }),
    journal: orNull(JournalStatus, "null: the journal is off."),
    token: Type.Boolean({ description: "Does this API require a token?" }),
  },
  named("Status", "Health and status of the program."),
);
export type Status = Data<typeof Status>;
