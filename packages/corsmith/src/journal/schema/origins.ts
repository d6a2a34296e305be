import { Type } from "typebox";
import {
  Breakdown,
  breakdown,
  count,
  type Data,
  Engine,
  named,
  next,
  oneOf,
  type pageQuery,
  Time,
  text,
} from "./common.ts";
import { Sample, Series } from "./decisions.ts";

const OriginSummary = Type.Object(
  {
    ...breakdown,
    origin: Type.String({ description: "Escaped and capped. Empty: requests without an Origin, or with several." }),
    firstSeen: Time,
    lastSeen: Time,
    allowed: count(),
    refused: count(),
    routes: Type.Array(Type.String(), { description: "At most 50, the busiest first." }),
    engines: Type.Array(Engine, { description: "The busiest first." }),
    allowedNow: Type.Boolean({ description: "Does the active policy allow it on each of these routes?" }),
  },
  named("OriginSummary", "An origin of the inventory, over its whole life as far as it is kept."),
);
export type OriginSummary = Data<typeof OriginSummary>;

export const Origins = Type.Object(
  {
    origins: Type.Array(OriginSummary),
    total: count("How many match, on all pages."),
    next,
  },
  named("Origins", "A page of the inventory of origins."),
);
export type Origins = Data<typeof Origins>;

const Tally = Type.Object(
  { name: Type.String(), decisions: count(), refused: count(), lastSeen: Time },
  named("Tally", "A name with a number of decisions."),
);
export type Tally = Data<typeof Tally>;

export const OriginDetail = Type.Object(
  {
    summary: OriginSummary,
    inRange: Breakdown,
    routes: Type.Array(Tally),
    methods: Type.Array(Tally),
    engines: Type.Array(Tally),
    series: Series,
    samples: Type.Array(Sample, { description: "The last 20, blocked ones first." }),
  },
  named("OriginDetail", "One origin in detail: tallies over its whole life, the series of the range."),
);
export type OriginDetail = Data<typeof OriginDetail>;

/** How the inventory is asked. */
export const originsQuery = {
  search: Type.Optional(text("Text that the origin contains; upper and lower case are the same.", 256)),
  sort: Type.Optional(
    oneOf(["last-seen", "first-seen", "decisions", "refused", "origin"], {
      description: "Default `last-seen`. Times and numbers: the highest first; names from A on.",
    }),
  ),
  reverse: Type.Optional(Type.Boolean({ description: "Reverses the order." })),
  verdict: Type.Optional(
    oneOf(["allowed", "refused"], { description: "Only those that were allowed, or refused, at least once." }),
  ),
  credentials: Type.Optional(Type.Boolean({ description: "true: only those that sent credentials." })),
  route: Type.Optional(Type.String({ maxLength: 2_048, description: "Only those that called this route." })),
  firstSeenFrom: Type.Optional(count("Only those first seen at this time or later.")),
};
export type OriginsQuery = Data<Type.TObject<typeof originsQuery & typeof pageQuery>>;

/** What the journal knows about an origin. Whether the active policy allows it, the API adds. */
export type StoredOrigin = Omit<OriginSummary, "allowedNow">;
export type StoredOrigins = Omit<Origins, "origins"> & { readonly origins: readonly StoredOrigin[] };
export type StoredOriginDetail = Omit<OriginDetail, "summary"> & { readonly summary: StoredOrigin };
