import { Type } from "typebox";
import { type Data, named } from "./schema.ts";

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

/** What `corsmith check --json` prints. */
export const CheckReport = Type.Record(
  Type.String(),
  Type.Unknown(),
  named("CheckReport", "The same as `corsmith check --json` prints."),
);
export type CheckReport = Data<typeof CheckReport>;
