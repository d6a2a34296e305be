import { Type } from "typebox";
import { type Data, named } from "./schema.ts";
import { Time } from "./times.ts";
import { Kind, Reason } from "./words.ts";

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** Numbers of a window at a glance. */
export const Overview = Type.Object(
  {
    from: Time,
    to: Time,
    decisions: count("Decisions about cross-origin requests, all told."),
    allowed: count("Those that were allowed."),
    refused: count("Those that were refused, for whatever reason."),
    preflights: count("Those that were about preflights."),
    perSecond: Type.Number({ minimum: 0, description: "Decisions a second, over the last ten seconds." }),
    origins: count("Distinct origins, estimated."),
    newOrigins: count("Origins that were seen for the first time in the window."),
    newOriginsWithCredentials: count("Those of them that sent credentials and were allowed."),
    lookAlikes: count("Origins that were refused and look like one that is allowed."),
    errorsWithoutHeaders: count("Error answers that went to an allowed origin without CORS headers. Must be 0."),
    upstreamErrors: count("Requests that the upstream did not answer."),
    lost: count("Decisions that the journal could not keep."),
    reasons: Type.Array(Type.Object({ reason: Reason, count: count("Decisions with this reason.") })),
    routes: Type.Array(
      Type.Object({ route: Type.String(), decisions: count("Decisions under it."), refused: count("Refused ones.") }),
    ),
  },
  named("Overview", "Numbers of a window at a glance."),
);
export type Overview = Data<typeof Overview>;

/** By what a series is split. */
export const SeriesBy = Type.Union([
  Type.Literal("outcome"),
  Type.Literal("reason"),
  Type.Literal("route"),
  Type.Literal("kind"),
  Type.Literal("method"),
]);

/** Counts over time. */
export const Series = Type.Object(
  {
    from: Time,
    to: Time,
    step: Type.Integer({ minimum: 1, description: "Milliseconds that a point stands for." }),
    lines: Type.Array(
      Type.Object({
        key: Type.String({
          description: "The outcome, reason, route, kind or method; `(other)` for those beyond the largest.",
        }),
        total: count("The sum of the points."),
        points: Type.Array(Type.Integer({ minimum: 0 }), { description: "One number for each step from `from` on." }),
      }),
    ),
  },
  named("Series", "Counts over time, one line for each reason, route, …"),
);
export type Series = Data<typeof Series>;

/** A whole decision, as it was kept. */
export const Sample = Type.Object(
  {
    id: Type.String(),
    time: Time,
    reason: Reason,
    kind: Kind,
    method: Type.String(),
    path: Type.Optional(Type.String({ description: "Without the query." })),
    origin: Type.Optional(Type.String({ description: "Escaped and capped." })),
    route: Type.String(),
    mode: Type.Union([Type.Literal("enforce"), Type.Literal("shadow")]),
    status: Type.Optional(Type.Integer({ description: "The status of the answer." })),
    durationMs: Type.Optional(Type.Number({ minimum: 0 })),
    credentials: Type.Optional(
      Type.Boolean({ description: "Did the request carry a cookie or an Authorization header?" }),
    ),
    requestMethod: Type.Optional(
      Type.String({ description: "Of a preflight: the method that the page wants to use." }),
    ),
    requestHeaders: Type.Optional(
      Type.Array(Type.String(), { description: "Of a preflight: the headers that it wants to send." }),
    ),
    names: Type.Optional(Type.Array(Type.String(), { description: "The headers that were refused." })),
    field: Type.Optional(Type.String({ description: "The header that is malformed." })),
    userAgent: Type.Optional(Type.String({ description: "The family: Chromium, Firefox, Safari, curl …" })),
    source: Type.Optional(
      Type.String({ description: "Who reported it: the gateway, or a middleware by the name that it gave." }),
    ),
    sentence: Type.Optional(Type.String({ description: "What happened, in a sentence." })),
  },
  named("Sample", "A whole decision, as it was kept."),
);
export type Sample = Data<typeof Sample>;

/** Samples, the newest first. */
export const Samples = Type.Object(
  {
    samples: Type.Array(Sample),
    next: Type.Optional(Type.String({ description: "Give it as `cursor` to read on; absent at the end." })),
  },
  named("Samples", "Samples, the newest first."),
);
export type Samples = Data<typeof Samples>;

/** An event of a middleware, as `@corsmith/cors` reports it: its `DecisionEvent`. */
export const IngestedEvent = Type.Object(
  {
    time: Time,
    reason: Reason,
    preflight: Type.Boolean(),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
    method: Type.String({ maxLength: 300 }),
    path: Type.Optional(Type.String({ maxLength: 2_048 })),
    origin: Type.Optional(Type.String({ maxLength: 2_048 })),
    refusedMethod: Type.Optional(Type.String({ maxLength: 300 })),
    names: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 32 })),
    field: Type.Optional(
      Type.Union([
        Type.Literal("origin"),
        Type.Literal("access-control-request-method"),
        Type.Literal("access-control-request-headers"),
      ]),
    ),
  },
  named(
    "IngestedEvent",
    "One decision of a middleware: the library's DecisionEvent. Keys that are not known are ignored.",
  ),
);
export type IngestedEvent = Data<typeof IngestedEvent>;

/** Events of a middleware. */
export const IngestRequest = Type.Object(
  {
    source: Type.Optional(Type.String({ maxLength: 100, description: "The name of the service that reports." })),
    lost: Type.Optional(
      Type.Integer({ minimum: 0, description: "How many events the sender had to drop since the last batch." }),
    ),
    events: Type.Array(IngestedEvent, { maxItems: 5_000 }),
  },
  named("IngestRequest", "Decisions that a middleware made."),
);
export type IngestRequest = Data<typeof IngestRequest>;

/** What became of them. */
export const Ingested = Type.Object(
  { accepted: count("Events that were taken."), dropped: count("Events that the full queue could not take.") },
  named("Ingested", "What became of the events."),
);
export type Ingested = Data<typeof Ingested>;
