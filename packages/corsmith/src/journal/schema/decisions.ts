import { Type } from "typebox";
import {
  breakdown,
  Counts,
  count,
  type Data,
  Engine,
  Kind,
  named,
  oneOf,
  orNull,
  Reason,
  Time,
  TimeRange,
  text,
} from "./common.ts";

export const Overview = Type.Object(
  {
    ...breakdown,
    range: TimeRange,
    allowed: count("Cross-origin decisions that were allowed."),
    refused: count("Cross-origin decisions that were refused, for whatever reason."),
    byKind: Type.Object({
      preflight: Type.Optional(count("Preflights.")),
      actual: Type.Optional(count("Requests that went to the application.")),
      websocket: Type.Optional(count("Requests for a WebSocket.")),
    }),
    distinctOrigins: count("Distinct origins, estimated; includes those that are not known by name."),
    newOrigins: count("Origins known by name that were seen for the first time."),
    newCredentialedOrigins: count("New origins that sent credentials and were allowed."),
    unnamed: count("Decisions for origins that are not known by name."),
  },
  named("Overview", "All that happened in a stretch of time."),
);
export type Overview = Data<typeof Overview>;

export const SeriesKey = oneOf(["verdict", "reason", "route", "kind", "method", "origin"], {
  description: "What the lines are split by. Default `verdict`: allowed, refused, not-cross-origin, no-policy.",
});
export type SeriesKey = Data<typeof SeriesKey>;

/** How numbers over time are asked for, beside the window. */
export const seriesQuery = {
  by: Type.Optional(SeriesKey),
  measure: Type.Optional(Type.KeyOf(Counts, { description: "What is counted. Default `decisions`." })),
  step: Type.Optional(
    Type.Integer({
      minimum: 1_000,
      description: "Milliseconds a point, rounded up to whole minutes. Default: as gives about 60 points.",
    }),
  ),
  route: Type.Optional(text("Only decisions under this route, by its path in the configuration.", 2_048)),
  origin: Type.Optional(text("Only decisions about this origin.", 1_024)),
};
export type SeriesQuery = Data<Type.TObject<typeof seriesQuery>>;

export const Series = Type.Object(
  {
    range: TimeRange,
    step: Type.Integer({ minimum: 1, description: "Milliseconds from one point to the next." }),
    times: Type.Array(Time, { description: "The beginning of each point." }),
    lines: Type.Array(Type.Object({ name: Type.String(), values: Type.Array(Type.Number()) }), {
      description: "At most 12 lines, the largest first; the rest is one line, `(others)`.",
    }),
  },
  named("Series", "Numbers over time."),
);
export type Series = Data<typeof Series>;

const RouteSummary = Type.Object(
  {
    ...breakdown,
    route: Type.String({ description: "Its path in the configuration; of a middleware, the name of its service." }),
    allowed: count("Decisions that were allowed."),
    refused: count("Decisions that were refused."),
    origins: count("Origins known by name that called it."),
  },
  named("RouteSummary", "A route in a stretch of time."),
);
export type RouteSummary = Data<typeof RouteSummary>;

export const Routes = Type.Object(
  { routes: Type.Array(RouteSummary) },
  named("Routes", "The routes that were called."),
);
export type Routes = Data<typeof Routes>;

/**
 * One decision, whole, as it is kept in the sample. Of bounded size: what came with the request is capped and escaped to printable ASCII. Of the
 * request's headers only the names are kept.
 */
export const Sample = Type.Object(
  {
    id: Type.String({ description: "Unique. Later ones sort behind earlier ones." }),
    time: Time,
    route: Type.String(),
    kind: Kind,
    reason: Reason,
    blocked: Type.Boolean({ description: "Was something refused?" }),
    origin: orNull(Type.String(), "null if there was no Origin, or several."),
    method: Type.String({ description: "The method that the page wants to use." }),
    requestMethod: Type.String({ description: "The method of the request line: OPTIONS for a preflight." }),
    path: orNull(Type.String(), "Without the query; null where it is not known."),
    host: orNull(Type.String()),
    requestedHeaders: Type.Array(Type.String(), { description: "The names in Access-Control-Request-Headers." }),
    headerNames: Type.Array(Type.String(), { description: "The names of the request's headers, without values." }),
    credentials: Type.Boolean({ description: "Did it carry a cookie or an Authorization header?" }),
    fetchMode: orNull(Type.String()),
    fetchSite: orNull(Type.String()),
    engine: Engine,
    refused: Type.Array(Type.String(), {
      description: "What exactly was refused: a method, header names, the malformed header.",
    }),
    status: orNull(Type.Integer()),
    answer: Type.Array(Type.Tuple([Type.String(), Type.String()]), {
      description: "The CORS headers of the answer and Vary, as sent.",
    }),
    answeredAtOnce: Type.Boolean(),
    headerless: Type.Boolean(),
    aborted: Type.Boolean(),
    durationMs: orNull(Type.Number()),
    gateway: Type.Optional(
      text("The gateway that decided it: the machine's name and the port. Missing in those that older versions kept."),
    ),
  },
  named("Sample", "One decision, whole: no cookie, no Authorization, no query, no body. Texts are capped and escaped."),
);
export type Sample = Data<typeof Sample>;

export const Samples = Type.Object(
  {
    samples: Type.Array(Sample),
    next: Type.Optional(Type.String({ description: "The `before` of the page behind this one; absent on the last." })),
  },
  named("Samples", "Samples, the newest first."),
);
export type Samples = Data<typeof Samples>;

/** How samples are asked for. */
export const samplesQuery = {
  blocked: Type.Optional(Type.Boolean({ description: "true: only what was refused; false: only what was not." })),
  origin: Type.Optional(Type.String({ maxLength: 1_024 })),
  route: Type.Optional(Type.String({ maxLength: 2_048 })),
  reason: Type.Optional(Reason),
  errors: Type.Optional(Type.Boolean({ description: "true: only those with an error answer." })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: "Default 50." })),
  before: Type.Optional(Type.String({ maxLength: 128, description: "Only samples older than the one with this id." })),
};
export type SamplesQuery = Data<Type.TObject<typeof samplesQuery>>;

/** Decisions that a middleware made, as `sendDecisions` of `@corsmith/cors/observe` sends them. */
export const SentDecisions = Type.Object(
  {
    version: Type.Literal(1),
    sender: Type.String({ minLength: 1, maxLength: 256, description: "The sender: a name that no other sender has." }),
    sequence: count("Numbers the batches of this sender. A number that comes again is not counted again."),
    service: Type.String({
      minLength: 1,
      maxLength: 256,
      description: "The name that is used in place of a route.",
    }),
    lost: count("Decisions that the sender had to drop since the number before."),
    events: Type.Array(Type.Unknown(), {
      maxItems: 1_000,
      description:
        "`DecisionRecord`s of the library: time, reason, preflight, status, method, path, origin, answer, what was refused, and in the end finalStatus, credentials and headerless. Those that are not understood are skipped, and counted.",
    }),
  },
  named("SentDecisions", "Decisions that a middleware made."),
);
export type SentDecisions = Data<typeof SentDecisions>;

export const TakenDecisions = Type.Object(
  {
    taken: count("Events that were counted."),
    skipped: count("Events that were not understood."),
    repeated: Type.Boolean({ description: "Had a batch with this number come before?" }),
  },
  named("TakenDecisions", "What became of the events."),
);
export type TakenDecisions = Data<typeof TakenDecisions>;
