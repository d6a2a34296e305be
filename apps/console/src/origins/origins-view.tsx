import "./origins.css";
import type { Origins } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useQuery } from "../api/use-query.ts";
import { Empty, PageHead } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { counted } from "../format/numbers.ts";
import { absoluteTime } from "../format/times.ts";
import { OriginTable } from "./origin-table.tsx";
import { OriginsFilter } from "./origins-filter.tsx";
import { queryOf, readFilter } from "./origins-query.ts";

/** How many rows are asked for at once, and at most. */
const page = 50;
const most = 500;

/** Who calls: the inventory of origins. */
export function OriginsView(): JSX.Element {
  const { query, route } = useLocation();
  const [limit, setLimit] = useState(page);
  const filter = readFilter(query);
  const origins = useQuery("GET /api/origins", { query: { ...queryOf(filter), limit } }, { every: 10_000 });
  const { data } = origins;
  const change = (next: Partial<typeof filter>): void => {
    setLimit(page);
    const given = Object.entries({ ...filter, ...next }).filter(([, value]) => value !== "");
    route(given.length === 0 ? "/origins" : `/origins?${new URLSearchParams(given)}`, true);
  };
  return (
    <>
      <PageHead title="Origins">Every page that called from another origin, as far as the journal keeps them.</PageHead>
      <OriginsFilter filter={filter} onChange={change} />
      <QueryState error={origins.error} loaded={data !== undefined}>
        {data === undefined ? null : (
          <>
            <p class="origins-total quiet small">
              {counted(data.total, "origin")}
              {filter.since === "" ? "" : `, first seen since ${absoluteTime(Number(filter.since))}`}
            </p>
            {data.origins.length === 0 ? (
              <Nobody total={data} />
            ) : (
              <OriginTable origins={data.origins} filter={filter} onSort={change} />
            )}
            {data.total > limit && limit < most ? (
              <button type="button" onClick={() => setLimit(Math.min(most, limit + 2 * page))}>
                Show more
              </button>
            ) : null}
          </>
        )}
      </QueryState>
    </>
  );
}

function Nobody({ total }: { readonly total: Origins }): JSX.Element {
  return total.total === 0 ? (
    <Empty title="No origin fits">
      <p>
        Nobody called yet, or nobody who fits what stands above. <a href="/origins">Show all</a>, or see under{" "}
        <a href="/">Now</a> how to send the first request.
      </p>
    </Empty>
  ) : (
    <p>Nothing on this page.</p>
  );
}
