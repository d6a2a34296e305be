import type { JSX } from "preact";
import { useLocation } from "preact-iso/router";
import { PageHead } from "../parts/page-head.tsx";
import { QueryState } from "../parts/query-state.tsx";
import { useQuery } from "../server/use-query.ts";
import { counted } from "../words/numbers.ts";
import "./now.css";
import { NowFigures } from "./now-figures.tsx";
import { NowLists } from "./now-lists.tsx";
import { NowNotices } from "./now-notices.tsx";
import { QuietStart } from "./quiet-start.tsx";
import { windowOf, windowStart, windows } from "./windows.ts";

/** What happens now: how much is allowed and refused, why, and what somebody should look at. */
export function NowView(): JSX.Element {
  const { query, route } = useLocation();
  const chosen = windowOf(query["window"]);
  const from = windowStart(chosen, Date.now());
  const every = 5_000;
  const status = useQuery("getStatus", {}, { every });
  const overview = useQuery("getOverview", { query: { from } }, { every });
  const series = useQuery("getSeries", { query: { from, by: "verdict" } }, { every });
  const routes = useQuery("listRoutes", { query: { from } }, { every });
  const origins = useQuery("listOrigins", { query: { firstSeenFrom: from, sort: "first-seen", limit: 5 } }, { every });
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
