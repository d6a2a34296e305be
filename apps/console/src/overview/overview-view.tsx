import type { Overview } from "corsmith/api";
import "./overview.css";
import type { JSX } from "preact";
import { useLocation } from "preact-iso/router";
import { useQuery } from "../api/use-query.ts";
import { PageHead } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { counted } from "../format/numbers.ts";
import { FirstRequest } from "./first-request.tsx";
import { OverviewFigures } from "./overview-figures.tsx";
import { OverviewLists } from "./overview-lists.tsx";
import { OverviewNotices } from "./overview-notices.tsx";

/** How much is allowed and refused now, why, and what needs attention. */
export function OverviewView(): JSX.Element {
  const { query, route } = useLocation();
  const chosen = periods.find(({ id }) => id === query["window"]) ?? hour;
  const from = periodStart(chosen, Date.now());
  const intervalMs = 5_000;
  const status = useQuery("GET /api/status", {}, { intervalMs });
  const overview = useQuery("GET /api/decisions/overview", { query: { from } }, { intervalMs });
  const series = useQuery("GET /api/decisions/series", { query: { from, by: "verdict" } }, { intervalMs });
  const routes = useQuery("GET /api/decisions/routes", { query: { from } }, { intervalMs });
  const origins = useQuery(
    "GET /api/origins",
    { query: { firstSeenFrom: from, sort: "first-seen", limit: 5 } },
    { intervalMs },
  );
  const data = overview.data;
  const nothing = data?.counts.decisions === 0;
  return (
    <>
      <PageHead title="Overview">{data === undefined ? reading(overview.error) : sentence(data, chosen.last)}</PageHead>
      <fieldset class="windows choices row">
        <legend class="hidden">Period</legend>
        {periods.map(({ id, word }) => (
          <label class="box" key={id}>
            <input
              type="radio"
              name="window"
              checked={id === chosen.id}
              onChange={() => route(id === hour.id ? "/" : `/?window=${id}`, true)}
            />
            {word}
          </label>
        ))}
      </fieldset>
      <QueryState error={overview.error} loaded={data !== undefined && status.data !== undefined}>
        {data === undefined || status.data === undefined ? null : (
          <div class="stack gap-4">
            <OverviewNotices status={status.data} overview={data} />
            {nothing ? (
              <FirstRequest status={status.data} />
            ) : (
              <>
                <OverviewFigures overview={data} series={series.data} from={from} />
                <OverviewLists overview={data} routes={routes.data} origins={origins.data} />
              </>
            )}
          </div>
        )}
      </QueryState>
    </>
  );
}

function reading(error: Error | null): string {
  return error === null ? "Loading…" : "The journal could not be read.";
}

function sentence({ allowed, refused, distinctOrigins }: Overview, word: string): string {
  if (allowed + refused === 0) return `No cross-origin requests in the last ${word}.`;
  const who = `${counted(distinctOrigins, "origin")} called the API in the last ${word}`;
  return refused === 0
    ? `${who}, and everything was allowed.`
    : `${who}; ${counted(refused, "request was", "requests were")} refused.`;
}

/** A period up to now, to choose from. */
interface Period {
  readonly id: string;
  readonly word: string;
  /** How it is called after “the last”. */
  readonly last: string;
  readonly milliseconds: number;
}

const minute = 60_000;
const hour: Period = { id: "1h", word: "1 hour", last: "hour", milliseconds: 60 * minute };
const periods: readonly Period[] = [
  { id: "15min", word: "15 min", last: "15 minutes", milliseconds: 15 * minute },
  hour,
  { id: "24h", word: "24 hours", last: "24 hours", milliseconds: 24 * 60 * minute },
  { id: "7d", word: "7 days", last: "7 days", milliseconds: 7 * 24 * 60 * minute },
];

/** From when on, at the beginning of a minute, so that a question stays the same for a minute. */
function periodStart({ milliseconds }: Period, now: number): number {
  return Math.floor((now - milliseconds) / minute) * minute;
}
