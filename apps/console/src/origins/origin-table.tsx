import type { OriginSummary } from "corsmith/api";
import type { JSX } from "preact";
import { OriginLink } from "../components/origin-text.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { count } from "../format/numbers.ts";
import type { OriginsFilter } from "./origins-filter.tsx";

interface OriginTableProps {
  readonly origins: readonly OriginSummary[];
  readonly filter: OriginsFilter;
  onSort(change: Partial<OriginsFilter>): void;
}

/** Origins, one a row. A column's head sorts by it, and reverses the order if it was already sorted by it. */
export function OriginTable({ origins, filter, onSort }: OriginTableProps): JSX.Element {
  const head = { filter, onSort };
  return (
    <table class="origins listing">
      <caption class="hidden">Origins that called</caption>
      <thead>
        <tr>
          <Head {...head} sort="origin" word="Origin" />
          <th scope="col" class="wide">
            Policy says
          </th>
          <Head {...head} sort="decisions" word="Requests" number wide />
          <Head {...head} sort="refused" word="Refused" number wide />
          <th scope="col" class="wide">
            Credentials
          </th>
          <Head {...head} sort="first-seen" word="First seen" wide />
          <Head {...head} sort="last-seen" word="Last seen" />
        </tr>
      </thead>
      <tbody>
        {origins.map((row) => (
          <tr key={row.origin}>
            <th scope="row">
              <OriginLink origin={row.origin} />
              <span class="narrow quiet">
                <StatusIcon tone={row.allowedNow ? "yes" : "no"} /> {row.allowedNow ? "Allowed" : "Refused"},{" "}
                {count(row.refused)} of {count(row.counts.decisions)} refused
              </span>
            </th>
            <td class="wide">
              <StatusIcon tone={row.allowedNow ? "yes" : "no"} /> {row.allowedNow ? "Allowed" : "Refused"}
            </td>
            <td class="wide number">{count(row.counts.decisions)}</td>
            <td class="wide number">{count(row.refused)}</td>
            <td class="wide">{row.counts.credentialed > 0 ? "Yes" : "No"}</td>
            <td class="wide">
              <RelativeTime time={row.firstSeen} />
            </td>
            <td>
              <RelativeTime time={row.lastSeen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps extends Pick<OriginTableProps, "filter" | "onSort"> {
  readonly sort: string;
  readonly word: string;
  readonly number?: boolean;
  readonly wide?: boolean;
}

function Head({ filter, onSort, sort, word, number = false, wide = false }: HeadProps): JSX.Element {
  const chosen = (filter.sort === "" ? "last-seen" : filter.sort) === sort;
  const reversed = filter.reverse !== "";
  // Numbers and times begin with the highest, names with A.
  const ascending = (sort === "origin") !== reversed;
  return (
    <th
      scope="col"
      class={`${number ? "number" : ""} ${wide ? "wide" : ""}`}
      aria-sort={chosen ? (ascending ? "ascending" : "descending") : undefined}
    >
      <button
        type="button"
        class="bare sort"
        onClick={() => onSort({ sort: sort === "last-seen" ? "" : sort, reverse: chosen && !reversed ? "true" : "" })}
      >
        {word}
        <span class="sort-mark" aria-hidden="true">
          {chosen ? (ascending ? "↑" : "↓") : ""}
        </span>
      </button>
    </th>
  );
}
