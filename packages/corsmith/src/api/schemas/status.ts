import { Type } from "typebox";
import { type Data, named } from "./schema.ts";
import { Time } from "./times.ts";

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
    journal: Type.Object({
      store: Type.Union([Type.Literal("sqlite"), Type.Literal("postgresql"), Type.Literal("none")]),
      place: Type.Union([Type.String(), Type.Null()], {
        description: "The file, or the database without its password.",
      }),
      healthy: Type.Boolean(),
      detail: Type.Optional(Type.String()),
      kept: Type.Integer({ minimum: 0, description: "Decisions since the start." }),
      lost: Type.Integer({ minimum: 0, description: "Decisions that could not be kept, since the start." }),
      oldest: Type.Optional(Time),
    }),
    errorsWithoutHeaders: Type.Integer({ minimum: 0, description: "Since the start. Must be 0." }),
    token: Type.Boolean({ description: "Does this API demand a token?" }),
  },
  named("Status", "How the program is."),
);
export type Status = Data<typeof Status>;
