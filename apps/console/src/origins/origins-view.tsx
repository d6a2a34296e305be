import "./origins.css";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useQuery } from "../api/use-query.ts";
import { Empty, PageHead } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { counted } from "../format/numbers.ts";
import { absoluteTime } from "../format/times.ts";
import { OriginTable } from "./origin-table.tsx";
import { FilterForm, queryOf, readFilter } from "./origins-filter.tsx";

/** How many rows are asked for at once, and at most. */
const pageSize = 50;
const maxRows = 500;

/** The inventory of origins. */
export function OriginsView(): JSX.Element {
  const { query, route } = useLocation();
  const [limit, setLimit] = useState(pageSize);
  const filter = readFilter(query);
  const origins = useQuery("GET /api/origins", { query: { ...queryOf(filter), limit } }, { intervalMs: 10_000 });
  const { data } = origins;
  const change = (next: Partial<typeof filter>): void => {
    setLimit(pageSize);
    const given = Object.entries({ ...filter, ...next }).filter(([, value]) => value !== "");
    route(given.length === 0 ? "/origins" : `/origins?${new URLSearchParams(given)}`, true);
  };
  return (
    <>
      <PageHead title="Origins">Every origin that called the API and is still in the journal.</PageHead>
      <FilterForm filter={filter} onChange={change} />
      <QueryState error={origins.error} loaded={data !== undefined}>
        {data === undefined ? null : (
          <>
            <p class="quiet small">
              {counted(data.total, "origin")}
              {filter.since === "" ? "" : `, first seen since ${absoluteTime(Number(filter.since))}`}
            </p>
            {data.origins.length === 0 ? (
              <NoOrigins total={data.total} />
            ) : (
              <OriginTable origins={data.origins} filter={filter} onSort={change} />
            )}
            {data.total > limit && limit < maxRows ? (
              <button type="button" onClick={() => setLimit(Math.min(maxRows, limit + 2 * pageSize))}>
                Show more
              </button>
            ) : null}
          </>
        )}
      </QueryState>
    </>
  );
}

function NoOrigins({ total }: { readonly total: number }): JSX.Element {
  if (total > 0) return <p>No rows to show.</p>;
  return (
    <Empty title="No origins found">
      <p>
        No origin has called yet, or none matches the filter. <a href="/origins">Show all</a>, or see the{" "}
        <a href="/">overview</a> for how to send the first request.
      </p>
    </Empty>
  );
}
