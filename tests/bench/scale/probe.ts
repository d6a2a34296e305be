import { repeatableRandom } from "../repeatable-random.ts";
import { tenantOrigin } from "../tenant-origins.ts";

/** Origins that are asked for under a policy of some size. */
export interface Probe {
  readonly id: string;
  readonly title: string;
  /** Must every one be allowed, or every one be refused? */
  readonly allowed: boolean;
  /** Makes the origins for a policy of so many entries, one a call. */
  readonly of: (size: number) => () => string;
}

/** Always the same origin, though each time as a new string. */
function same(origin: string): Probe["of"] {
  return () => () => origin;
}

/** The same few again and again, from all over the policy: the pages that people have open. */
function fewOf(originOf: (index: number) => string): Probe["of"] {
  return (size) => {
    const random = repeatableRandom(size);
    return () => originOf(Math.floor((random(few) * size) / few));
  };
}

const few = 16;

/** Each entry as often as the others: nothing that the processor has kept helps. */
function anyOf(originOf: (index: number) => string): Probe["of"] {
  return (size) => {
    const random = repeatableRandom(size);
    return () => originOf(random(size));
  };
}

/** As long as an entry, and other in the last byte only. */
const nearMiss = (index: number): string => tenantOrigin(index).replace(/m$/, "n");
/** One label under an entry. */
const under = (index: number): string => tenantOrigin(index).replace("shop", "www.shop");
/** 253 bytes, the longest that a host can be. */
const longHost = `https://${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
/** A hundred labels and more. */
const manyLabels = (suffix: string): string => `https://${"a.".repeat(110)}${suffix}`;

export const originProbes: readonly Probe[] = [
  { id: "allowed-few", title: "allowed, 16 of all", allowed: true, of: fewOf(tenantOrigin) },
  { id: "allowed-any", title: "allowed, any of all", allowed: true, of: anyOf(tenantOrigin) },
  { id: "refused-few", title: "near misses of 16", allowed: false, of: fewOf(nearMiss) },
  { id: "refused-any", title: "near miss of any", allowed: false, of: anyOf(nearMiss) },
  { id: "refused-long", title: "host of 253 bytes", allowed: false, of: same(longHost) },
  { id: "refused-labels", title: "112 labels", allowed: false, of: same(manyLabels("example.com")) },
];

export const patternProbes: readonly Probe[] = [
  { id: "allowed-few", title: "allowed, 16 of all", allowed: true, of: fewOf(under) },
  { id: "allowed-any", title: "allowed, any of all", allowed: true, of: anyOf(under) },
  // The apex itself, which no pattern covers.
  { id: "refused-few", title: "apexes of 16", allowed: false, of: fewOf(tenantOrigin) },
  { id: "refused-any", title: "apex of any", allowed: false, of: anyOf(tenantOrigin) },
  { id: "refused-long", title: "host of 253 bytes", allowed: false, of: same(longHost) },
  { id: "refused-labels", title: "113 labels, refused", allowed: false, of: same(manyLabels("shop.example.com")) },
  {
    id: "allowed-labels",
    title: "113 labels, allowed",
    allowed: true,
    of: same(manyLabels(tenantOrigin(0).slice("https://".length))),
  },
];
