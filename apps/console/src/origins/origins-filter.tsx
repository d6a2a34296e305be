import type { JSX } from "preact";
import type { OriginsFilter as Filter } from "./origins-query.ts";

interface OriginsFilterProps {
  readonly filter: Filter;
  onChange(change: Partial<Filter>): void;
}

/** What the table shows. */
export function OriginsFilter({ filter, onChange }: OriginsFilterProps): JSX.Element {
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
        <label for="origins-verdict">Met with</label>
        <select
          id="origins-verdict"
          value={filter.verdict}
          onChange={(event) => onChange({ verdict: event.currentTarget.value })}
        >
          <option value="">Anything</option>
          <option value="refused">A refusal</option>
          <option value="allowed">A yes</option>
        </select>
      </div>
      <div>
        <label for="origins-credentials">Cookies or tokens</label>
        <select
          id="origins-credentials"
          value={filter.credentials}
          onChange={(event) => onChange({ credentials: event.currentTarget.value })}
        >
          <option value="">Either</option>
          <option value="true">With</option>
          <option value="false">Without</option>
        </select>
      </div>
    </search>
  );
}
