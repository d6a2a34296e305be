import { Type } from "typebox";
import { Sample, Series } from "./decisions.ts";
import { type Data, named } from "./schema.ts";
import { next, Time } from "./times.ts";
import { Reason } from "./words.ts";

const count = Type.Integer({ minimum: 0 });

const row = {
  origin: Type.String({
    description: "Escaped and capped. `(other)` stands for all origins that have no row of their own.",
  }),
  firstSeen: Time,
  lastSeen: Time,
  decisions: count,
  allowed: count,
  refused: count,
  credentials: Type.Boolean({ description: "Did any of its requests carry credentials?" }),
  routes: Type.Array(Type.String(), { description: "The routes that it called, at most ten." }),
  reasons: Type.Array(Type.Object({ reason: Reason, count })),
  userAgents: Type.Array(Type.String(), { description: "Families of browsers and programs, at most ten." }),
  allowedNow: Type.Boolean({ description: "Does the policy in force allow it, on any route?" }),
  lookAlikeOf: Type.Optional(Type.String({ description: "An allowed origin that this refused one looks like." })),
};

/** One origin of the inventory. */
export const OriginRow = Type.Object(row, named("OriginRow", "One origin that called, as the inventory knows it."));
export type OriginRow = Data<typeof OriginRow>;

/** A page of the inventory. */
export const Origins = Type.Object(
  {
    origins: Type.Array(OriginRow),
    distinct: Type.Integer({
      minimum: 0,
      description: "Distinct origins in the window, estimated; more than have a row of their own.",
    }),
    next,
  },
  named("Origins", "A page of the inventory of origins."),
);
export type Origins = Data<typeof Origins>;

/** All that is known of one origin. */
export const OriginDetail = Type.Object(
  {
    ...row,
    series: Series,
    byRoute: Type.Array(
      Type.Object({
        route: Type.String(),
        method: Type.String(),
        reason: Reason,
        count,
        lastSeen: Type.Optional(Time),
      }),
    ),
    samples: Type.Array(Sample),
  },
  named("OriginDetail", "All that is known of one origin."),
);
export type OriginDetail = Data<typeof OriginDetail>;

/** How the inventory is asked. */
export const originsQuery = {
  search: Type.Optional(Type.String({ maxLength: 256, description: "Text that the origin has in it." })),
  sort: Type.Optional(
    Type.Union(
      [
        Type.Literal("lastSeen"),
        Type.Literal("firstSeen"),
        Type.Literal("decisions"),
        Type.Literal("refused"),
        Type.Literal("origin"),
      ],
      { description: "Default `lastSeen`." },
    ),
  ),
  order: Type.Optional(
    Type.Union([Type.Literal("asc"), Type.Literal("desc")], { description: "Default `desc`, for `origin` `asc`." }),
  ),
  outcome: Type.Optional(
    Type.Union([Type.Literal("allowed"), Type.Literal("refused")], { description: "Only origins that met this." }),
  ),
  reason: Type.Optional(Reason),
  route: Type.Optional(Type.String({ maxLength: 2_048 })),
  credentials: Type.Optional(Type.Boolean({ description: "Only those with, or only those without credentials." })),
  newSince: Type.Optional(Type.Integer({ minimum: 0, description: "Only origins first seen at or after this time." })),
};
