import type { Inputs } from "corsmith/api";

type OriginsQuery = Inputs["listOrigins"]["query"];

/** What the table is asked, as it stands in the address; empty texts ask for nothing. */
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

/** The same as the API wants it. */
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
