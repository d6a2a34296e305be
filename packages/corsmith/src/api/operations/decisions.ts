import { Type } from "typebox";
import type { Journal } from "../../journal/open-journal.ts";
import type { JournalQueries } from "../../journal/queries/queries.ts";
import { type TimeRange, windowQuery } from "../../journal/schema/common.ts";
import {
  Overview,
  Routes,
  Sample,
  Samples,
  SentDecisions,
  Series,
  samplesQuery,
  seriesQuery,
  TakenDecisions,
} from "../../journal/schema/decisions.ts";
import { ApiProblem } from "../api-problem.ts";
import { type ApiContext, callsOf, megabyte } from "../operation.ts";

const hour = 3_600_000;
/** Points of a series, unless the call says how long one is. */
const usualPoints = 60;

const { get, post } = callsOf("Decisions");

/** What was decided: numbers, and whole decisions. */
export const decisionOperations = {
  getOverview: get("/api/decisions/overview", "Numbers of a window at a glance", {
    query: windowQuery,
    answer: Overview,
    problems: ["journal-unavailable"],
    handle: ({ query }, context) => askJournal(context, (queries) => queries.overview(rangeOf(query))),
  }),
  getSeries: get("/api/decisions/series", "Decisions over time", {
    query: { ...windowQuery, ...seriesQuery },
    answer: Series,
    problems: ["journal-unavailable"],
    async handle({ query: { by = "verdict", step, from, to, ...filter } }, context) {
      const range = rangeOf({ from, to });
      const points = step ?? Math.ceil((range.to - range.from) / usualPoints);
      return await askJournal(context, (queries) => queries.series(range, points, by, filter));
    },
  }),
  listRoutes: get("/api/decisions/routes", "The routes that were called", {
    query: windowQuery,
    answer: Routes,
    problems: ["journal-unavailable"],
    async handle({ query }, context) {
      return { routes: await askJournal(context, (queries) => queries.routes(rangeOf(query))) };
    },
  }),
  listSamples: get("/api/decisions/samples", "Whole decisions, the newest first", {
    description: "A bounded sample: refusals are kept before what was allowed.",
    query: samplesQuery,
    answer: Samples,
    problems: ["journal-unavailable", "cursor-invalid"],
    handle: ({ query }, context) => askJournal(context, (queries) => queries.samples(query)),
  }),
  getSample: get("/api/decisions/samples/{id}", "One whole decision", {
    params: { id: Type.String({ maxLength: 128 }) },
    answer: Sample,
    problems: ["journal-unavailable", "not-found"],
    async handle({ params: { id } }, context) {
      const sample = await askJournal(context, (queries) => queries.sample(id));
      if (sample !== undefined) return sample;
      throw notFound("No sample has this id; old ones make room for new ones.", "path.id", id);
    },
  }),
  ingestDecisions: post("/api/decisions", "Report decisions of a middleware", {
    description:
      "In batches, by `sendDecisions` of `@corsmith/cors/observe`. No request waits for the journal to write.",
    body: SentDecisions,
    maxBodyBytes: megabyte * 4,
    answer: TakenDecisions,
    status: 202,
    problems: ["journal-unavailable"],
    handle: async ({ body }, context) => await journalOf(context).takeSent(body),
  }),
};

function journalOf({ journal }: ApiContext): Journal {
  if (journal !== undefined) return journal;
  const fix = "Start without --journal off; with --journal FILE decisions outlive the program.";
  throw new ApiProblem("journal-unavailable", "The journal is off.", fix);
}

/** Asks the journal. @throws {ApiProblem} where it is off, or cannot be read */
export async function askJournal<T>(
  context: ApiContext,
  question: (queries: JournalQueries) => Promise<T>,
): Promise<T> {
  const { queries } = journalOf(context);
  try {
    return await question(queries);
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    const detail = `The journal cannot be read now: ${error instanceof Error ? error.message : String(error)}`;
    const fix = "Traffic is still served and counted. See the journal in GET /api/status, and try again.";
    throw new ApiProblem("journal-unavailable", detail, fix);
  }
}

/** The window that a call is about. @throws {ApiProblem} where it ends before it begins */
export function rangeOf({ from, to = Date.now() }: Partial<Record<"from" | "to", number | undefined>>): TimeRange {
  const range = { from: from ?? Math.max(0, to - hour), to };
  if (range.from < range.to) return range;
  const detail = "The window ends before it begins.";
  const fix = "Give a `from` that is less than `to`.";
  throw new ApiProblem("parameter-invalid", detail, fix, { field: "query.from", value: range.from });
}

/** The problem of something that the journal does not keep. */
export function notFound(detail: string, field: string, value: string): ApiProblem {
  return new ApiProblem("not-found", detail, "Look for it in the list.", { field, value });
}
