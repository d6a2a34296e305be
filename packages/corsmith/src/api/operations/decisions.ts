import { Type } from "typebox";
import { pageQuery, windowQuery } from "../../journal/schema/common.ts";
import {
  Measure,
  Overview,
  Routes,
  Sample,
  Samples,
  SentDecisions,
  Series,
  SeriesKey,
  samplesQuery,
  TakenDecisions,
} from "../../journal/schema/decisions.ts";
import { OriginDetail, Origins, originsQuery } from "../../journal/schema/origins.ts";
import { megabyte, type Operation } from "../operation.ts";

const route = Type.Optional(
  Type.String({ maxLength: 2_048, description: "Only decisions under this route, by its path in the configuration." }),
);

/** The calls about what was decided: numbers, whole decisions, and the inventory of origins. */
export const decisionOperations = {
  getOverview: {
    method: "GET",
    path: "/api/decisions/overview",
    tag: "Decisions",
    summary: "Numbers of a window at a glance",
    query: windowQuery,
    answer: Overview,
    status: 200,
    problems: ["journal-unavailable"],
  },
  getSeries: {
    method: "GET",
    path: "/api/decisions/series",
    tag: "Decisions",
    summary: "Decisions over time",
    query: {
      ...windowQuery,
      by: Type.Optional(SeriesKey),
      measure: Type.Optional(Measure),
      step: Type.Optional(
        Type.Integer({
          minimum: 1_000,
          description: "Milliseconds a point, rounded up to whole minutes. Default: as gives about 60 points.",
        }),
      ),
      route,
      origin: Type.Optional(Type.String({ maxLength: 1_024, description: "Only decisions about this origin." })),
    },
    answer: Series,
    status: 200,
    problems: ["journal-unavailable"],
  },
  listRoutes: {
    method: "GET",
    path: "/api/decisions/routes",
    tag: "Decisions",
    summary: "The routes that were called",
    query: windowQuery,
    answer: Routes,
    status: 200,
    problems: ["journal-unavailable"],
  },
  listSamples: {
    method: "GET",
    path: "/api/decisions/samples",
    tag: "Decisions",
    summary: "Whole decisions, the newest first",
    description: "A bounded sample: refusals are kept before what was allowed.",
    query: samplesQuery,
    answer: Samples,
    status: 200,
    problems: ["journal-unavailable", "cursor-invalid"],
  },
  getSample: {
    method: "GET",
    path: "/api/decisions/samples/{id}",
    tag: "Decisions",
    summary: "One whole decision",
    params: { id: Type.String({ maxLength: 128 }) },
    answer: Sample,
    status: 200,
    problems: ["journal-unavailable", "not-found"],
  },
  ingestDecisions: {
    method: "POST",
    path: "/api/decisions",
    tag: "Decisions",
    summary: "Report decisions of a middleware",
    description: "In batches, by `sendDecisions` of `@corsmith/cors/observe`. Nobody waits for the journal to write.",
    body: SentDecisions,
    bodyBytes: megabyte * 4,
    answer: TakenDecisions,
    status: 202,
    problems: ["journal-unavailable"],
  },
  listOrigins: {
    method: "GET",
    path: "/api/origins",
    tag: "Decisions",
    summary: "The inventory of origins",
    query: { ...pageQuery, ...originsQuery },
    answer: Origins,
    status: 200,
    problems: ["journal-unavailable", "cursor-invalid"],
  },
  getOrigin: {
    method: "GET",
    path: "/api/origins/{origin}",
    tag: "Decisions",
    summary: "All that is known of one origin",
    params: {
      origin: Type.String({ maxLength: 1_024, description: "Percent-encoded: `https%3A%2F%2Fapp.example.com`." }),
    },
    query: windowQuery,
    answer: OriginDetail,
    status: 200,
    problems: ["journal-unavailable", "not-found"],
  },
} as const satisfies Readonly<Record<string, Operation>>;
