import { Type } from "typebox";
import { type Data, named, Time } from "../../journal/schema/common.ts";
import { JournalStatus } from "../../journal/schema/status.ts";

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
