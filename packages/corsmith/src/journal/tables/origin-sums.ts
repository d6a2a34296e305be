import { countNames } from "../counts.ts";
import { type Delta, isRefusal, type OriginNews, type RollupRow } from "../delta.ts";
import { engineFamilies } from "../engine-family.ts";
import { noOrigin, otherOrigins } from "../journal-queries.ts";
import { addCounts } from "../live-moment.ts";

/** A property of an origin, and how often it had it. */
export interface Facet {
  readonly facet: "route" | "method" | "reason" | "engine";
  readonly name: string;
  decisions: number;
  refused: number;
}

/** What a delta says of one origin. */
export interface OriginSums {
  firstSeen: number;
  lastSeen: number;
  allowed: number;
  refused: number;
  readonly counts: number[];
  readonly facets: Map<string, Facet>;
}

/** What a delta says of each origin that has a name. */
export function originSums({ rows, origins }: Delta): ReadonlyMap<string, OriginSums> {
  const all = new Map<string, OriginSums>();
  for (const row of rows) if (row.origin !== noOrigin && row.origin !== otherOrigins) addRow(sumsOf(all, row), row);
  for (const news of origins) {
    const sums = all.get(news.origin);
    if (sums !== undefined) addNews(sums, news);
  }
  return all;
}

/** Where nobody told the exact times, the minute stands for them. */
function sumsOf(all: Map<string, OriginSums>, { origin, start }: RollupRow): OriginSums {
  const known = all.get(origin);
  if (known !== undefined) {
    known.firstSeen = Math.min(known.firstSeen, start);
    known.lastSeen = Math.max(known.lastSeen, start);
    return known;
  }
  const counts = countNames.map(() => 0);
  const fresh = { firstSeen: start, lastSeen: start, allowed: 0, refused: 0, counts, facets: new Map() };
  all.set(origin, fresh);
  return fresh;
}

function addRow(sums: OriginSums, { route, method, reason, counts }: RollupRow): void {
  const decisions = counts[0] ?? 0;
  const refused = isRefusal(reason) ? decisions : 0;
  addCounts(sums.counts, counts);
  sums.refused += refused;
  if (reason === "allowed") sums.allowed += decisions;
  addFacet(sums, { facet: "route", name: route, decisions, refused });
  addFacet(sums, { facet: "method", name: method, decisions, refused });
  addFacet(sums, { facet: "reason", name: reason, decisions, refused });
}

function addNews(sums: OriginSums, { firstSeen, lastSeen, engines, enginesRefused }: OriginNews): void {
  sums.firstSeen = firstSeen;
  sums.lastSeen = lastSeen;
  for (const [place, name] of engineFamilies.entries()) {
    const decisions = engines[place] ?? 0;
    if (decisions > 0) addFacet(sums, { facet: "engine", name, decisions, refused: enginesRefused[place] ?? 0 });
  }
}

function addFacet({ facets }: OriginSums, facet: Facet): void {
  const key = `${facet.facet} ${facet.name}`;
  const known = facets.get(key);
  if (known === undefined) {
    facets.set(key, facet);
    return;
  }
  known.decisions += facet.decisions;
  known.refused += facet.refused;
}
