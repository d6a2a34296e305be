import type { Inputs } from "corsmith/api";
import type { JSX } from "preact";

type OriginsQuery = Inputs["listOrigins"]["query"];

/** What the table shows, as the address has it; an empty text means everything. */
export interface OriginsFilter {
  readonly search: string;
  readonly verdict: string;
  readonly credentials: string;
  readonly sort: string;
  readonly reverse: string;
  /** Milliseconds since 1970. */
  readonly since: string;
}

/** The columns by which the table can be sorted. */
const sorts = ["last-seen", "first-seen", "decisions", "refused", "origin"] as const;

/** Reads the address. */
export function readFilter(query: Readonly<Record<string, string>>): OriginsFilter {
  const text = (name: string): string => query[name] ?? "";
  return {
    search: text("search"),
    verdict: text("verdict"),
    credentials: text("credentials"),
    sort: text("sort"),
    reverse: text("reverse"),
    since: /^\d+$/.test(text("since")) ? text("since") : "",
  };
}

/** The same as a query of the API. */
export function queryOf({ search, verdict, credentials, sort, reverse, since }: OriginsFilter): OriginsQuery {
  return {
    ...(search === "" ? {} : { search }),
    ...(verdict === "allowed" || verdict === "refused" ? { verdict } : {}),
    ...(credentials === "" ? {} : { credentials: credentials === "true" }),
    sort: sorts.find((each) => each === sort) ?? "last-seen",
    ...(reverse === "" ? {} : { reverse: true }),
    ...(since === "" ? {} : { firstSeenFrom: Number(since) }),
  };
}

interface FilterFormProps {
  readonly filter: OriginsFilter;
  onChange(change: Partial<OriginsFilter>): void;
}

/** The form above the table. */
export function FilterForm({ filter, onChange }: FilterFormProps): JSX.Element {
  return (
    <search class="origins-filter">
      <div>
        <label for="origins-search">Search</label>
        <input
          id="origins-search"
          type="search"
          placeholder="example.com"
          autocomplete="off"
          spellcheck={false}
          value={filter.search}
          onInput={(event) => onChange({ search: event.currentTarget.value })}
        />
      </div>
      <div>
        <label for="origins-verdict">Decision</label>
        <select
          id="origins-verdict"
          value={filter.verdict}
          onChange={(event) => onChange({ verdict: event.currentTarget.value })}
        >
          <option value="">All</option>
          <option value="refused">Refused at least once</option>
          <option value="allowed">Allowed at least once</option>
        </select>
      </div>
      <div>
        <label for="origins-credentials">Credentials</label>
        <select
          id="origins-credentials"
          value={filter.credentials}
          onChange={(event) => onChange({ credentials: event.currentTarget.value })}
        >
          <option value="">With or without</option>
          <option value="true">With</option>
          <option value="false">Without</option>
        </select>
      </div>
    </search>
  );
}
