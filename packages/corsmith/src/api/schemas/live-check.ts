import { Type } from "typebox";
import type { CheckReport as Report } from "../../check/check-report.ts";
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

/** What `corsmith check --json` prints. Its type is that command's own; here stand the keys that one looks at first. */
export const CheckReport = Type.Unsafe<Report>(
  Type.Object(
    {
      verdict: Type.Union([Type.Literal("allowed"), Type.Literal("blocked"), Type.Literal("unreached")]),
      headline: Type.String({ description: "The verdict and its reason, one sentence." }),
      steps: Type.Array(Type.Unknown(), { description: "What the browser does, step by step." }),
      fixes: Type.Array(Type.Unknown(), { description: "Who has to change what." }),
      sent: Type.Array(Type.Unknown(), { description: "Every request that went out." }),
    },
    { ...named("CheckReport", "The same as `corsmith check --json` prints."), additionalProperties: true },
  ),
);
export type CheckReport = Report;
