import { decide } from "@corsmith/cors";
import type { Journal } from "../journal/journal.ts";
import type { JournalQueries, TimeRange } from "../journal/journal-queries.ts";
import { ApiProblem } from "./api-problem.ts";
import type { HandlersOf } from "./handlers.ts";
import type { ApiContext } from "./operation.ts";

const hour = 3_600_000;
/** Points of a series, if nobody says how long one is. */
const usualPoints = 60;

type Names =
  | "getOverview"
  | "getSeries"
  | "listRoutes"
  | "listSamples"
  | "getSample"
  | "listOrigins"
  | "getOrigin"
  | "ingestDecisions";

/** What the journal knows. */
export function decisionHandlers(context: ApiContext): HandlersOf<Names> {
  const journal = (): Journal => {
    if (context.journal !== undefined) return context.journal;
    throw new ApiProblem("journal-unavailable", {
      detail: "No journal is kept.",
      fix: "Start without --journal off; with --journal FILE decisions outlive the program.",
    });
  };
  const ask = async <T>(question: (queries: JournalQueries) => Promise<T>): Promise<T> => {
    try {
      return await question(journal().queries);
    } catch (error) {
      if (error instanceof ApiProblem) throw error;
      throw new ApiProblem("journal-unavailable", {
        detail: `The journal cannot be asked now: ${error instanceof Error ? error.message : String(error)}`,
        fix: "Traffic is served and counted meanwhile. See the journal in GET /api/status, and ask again.",
      });
    }
  };
  const allowedNow = ({ origin, routes }: { readonly origin: string; readonly routes: readonly string[] }): boolean => {
    if (!context.desk.started) return false;
    const inForce = context.desk.inForce().policies;
    const policies = routes.map(
      (path) => inForce.routes.find((route) => route.path === path)?.policy ?? inForce.policy,
    );
    return policies.every((policy) => decide(policy, { method: "GET", origin }).reason === "allowed");
  };
  return {
    async getOverview({ query }) {
      const range = rangeOf(query);
      const strangers = { firstSeenFrom: range.from, verdict: "allowed", credentials: true, limit: 1 } as const;
      const [overview, { total }] = await ask((queries) =>
        Promise.all([queries.overview(range), queries.origins(strangers)]),
      );
      return { ...overview, newCredentialedOrigins: total };
    },
    async getSeries({ query: { by = "verdict", step, route, origin, measure, ...window } }) {
      const range = rangeOf(window);
      const points = step ?? Math.ceil((range.to - range.from) / usualPoints);
      const filter = { ...given("route", route), ...given("origin", origin), ...given("measure", measure) };
      return await ask((queries) => queries.series(range, points, by, filter));
    },
    listRoutes: async ({ query }) => ({ routes: await ask((queries) => queries.routes(rangeOf(query))) }),
    listSamples: async ({ query }) => await ask((queries) => queries.samples(query)),
    async getSample({ params: { id } }) {
      const sample = await ask((queries) => queries.sample(id));
      if (sample !== undefined) return sample;
      throw notFound("No sample has this id; old ones make room for new ones.", "path.id", id);
    },
    async listOrigins({ query }) {
      const page = await ask((queries) => queries.origins(query));
      return { ...page, origins: page.origins.map((each) => ({ ...each, allowedNow: allowedNow(each) })) };
    },
    async getOrigin({ params: { origin }, query }) {
      const detail = await ask((queries) => queries.origin(origin, rangeOf(query)));
      if (detail === undefined) throw notFound("The inventory does not name this origin.", "path.origin", origin);
      return { ...detail, summary: { ...detail.summary, allowedNow: allowedNow(detail.summary) } };
    },
    ingestDecisions({ body }) {
      const taken = journal().takeSent(body);
      if (taken.ok) return { taken: taken.taken, skipped: taken.skipped, repeated: taken.repeated };
      throw new ApiProblem("body-invalid", {
        detail: taken.message,
        field: "body",
        fix: "Send what sendDecisions sends.",
      });
    },
  };
}

function rangeOf({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }): TimeRange {
  const end = to ?? Date.now();
  const range = { from: from ?? Math.max(0, end - hour), to: end };
  if (range.from < range.to) return range;
  throw new ApiProblem("parameter-invalid", {
    detail: "A stretch of time begins before it ends.",
    field: "query.from",
    value: range.from,
    fix: "Give a `from` that is less than `to`.",
  });
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}

function notFound(detail: string, field: string, value: string): ApiProblem {
  return new ApiProblem("not-found", { detail, field, value, fix: "Look for it in the list." });
}
