import "./overview.css";
import type { JSX } from "preact";
import { useLocation } from "preact-iso/router";
import { useQuery } from "../api/use-query.ts";
import { PageHead } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { counted } from "../format/numbers.ts";
import { QuietStart } from "./first-request.tsx";
import { NowFigures } from "./overview-figures.tsx";
import { NowLists } from "./overview-lists.tsx";
import { NowNotices } from "./overview-notices.tsx";

/** What happens now: how much is allowed and refused, why, and what somebody should look at. */
export function NowView(): JSX.Element {
  const { query, route } = useLocation();
  const chosen = windowOf(query["window"]);
  const from = windowStart(chosen, Date.now());
  const every = 5_000;
  const status = useQuery("GET /api/status", {}, { every });
  const overview = useQuery("GET /api/decisions/overview", { query: { from } }, { every });
  const series = useQuery("GET /api/decisions/series", { query: { from, by: "verdict" } }, { every });
  const routes = useQuery("GET /api/decisions/routes", { query: { from } }, { every });
  const origins = useQuery(
    "GET /api/origins",
    { query: { firstSeenFrom: from, sort: "first-seen", limit: 5 } },
    { every },
  );
  const data = overview.data;
  const nothing = data?.counts.decisions === 0;
  return (
    <>
      <PageHead title="Now">{data === undefined ? reading(overview.error) : sentence(data, chosen.last)}</PageHead>
      <fieldset class="windows">
        <legend class="hidden">Since when?</legend>
        {windows.map(({ id, word }) => (
          <label key={id}>
            <input
              type="radio"
              name="window"
              checked={id === chosen.id}
              onChange={() => route(id === "1h" ? "/" : `/?window=${id}`, true)}
            />
            {word}
          </label>
        ))}
      </fieldset>
      <QueryState error={overview.error} loaded={data !== undefined && status.data !== undefined}>
        {data === undefined || status.data === undefined ? null : (
          <div class="now">
            <NowNotices status={status.data} overview={data} />
            {nothing ? (
              <QuietStart status={status.data} />
            ) : (
              <>
                <NowFigures overview={data} series={series.data} from={from} />
                <NowLists overview={data} routes={routes.data} origins={origins.data} />
              </>
            )}
          </div>
        )}
      </QueryState>
    </>
  );
}

function reading(error: Error | null): string {
  return error === null ? "Reading the journal…" : "The journal could not be read.";
}

interface Sums {
  readonly allowed: number;
  readonly refused: number;
  readonly distinctOrigins: number;
}

function sentence({ allowed, refused, distinctOrigins }: Sums, word: string): string {
  if (allowed + refused === 0) return `Nobody called from another origin in the last ${word}.`;
  const who = `${counted(distinctOrigins, "origin")} called in the last ${word}`;
  return refused === 0
    ? `${who}, and everything was allowed.`
    : `${who}; ${counted(refused, "request was", "requests were")} refused.`;
}

/** A stretch of time up to now, to choose from. */
export interface Window {
  readonly id: string;
  readonly word: string;
  /** How it is called behind “the last”. */
  readonly last: string;
  readonly milliseconds: number;
}

const minute = 60_000;

/** Those that can be chosen. */
export const windows: readonly Window[] = [
  { id: "15min", word: "15 min", last: "15 minutes", milliseconds: 15 * minute },
  { id: "1h", word: "1 hour", last: "hour", milliseconds: 60 * minute },
  { id: "24h", word: "24 hours", last: "24 hours", milliseconds: 24 * 60 * minute },
  { id: "7d", word: "7 days", last: "7 days", milliseconds: 7 * 24 * 60 * minute },
];

/** The hour, if nothing was chosen. */
export function windowOf(id: string | undefined): Window {
  const [, hour] = windows;
  const found = windows.find((each) => each.id === id) ?? hour;
  if (found === undefined) throw new Error("There is an hour among the windows.");
  return found;
}

/** From when on, at the beginning of a minute, so that a question stays the same for a minute. */
export function windowStart({ milliseconds }: Window, now: number): number {
  return Math.floor((now - milliseconds) / minute) * minute;
}
