import type { Base } from "./probes/origin-variant.ts";
import { randomLabel } from "./random-name.ts";
import { namedHost, type Target } from "./target.ts";

/** What the user says about who is meant to be allowed. */
export interface Trusted {
  /** Origins to ask as; of a pattern, one that it covers. */
  readonly origins: readonly string[];
  /** `https://example.com` of `https://*.example.com`: every page below it is meant to be allowed. */
  readonly declared: readonly string[];
}

/** So many are asked as; the others would tell the same. */
const mostOrigins = 3;
const mostBases = 3;

/** Reads origins and patterns. */
export function trustedBy(origins: readonly string[]): Trusted {
  const chosen = origins.slice(0, mostOrigins);
  return {
    origins: chosen.map((origin) => origin.replace("://*.", `://${randomLabel()}.`)),
    declared: origins.filter((origin) => origin.includes("://*.")).map((origin) => origin.replace("://*.", "://")),
  };
}

/** Is this origin meant to be allowed? */
export function isDeclared(origin: string, { origins, declared }: Trusted): boolean {
  if (origins.includes(origin)) return true;
  return declared.some((base) => {
    const [scheme = "", host = ""] = base.split("://");
    return origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`);
  });
}

/** The hosts whose lookalikes are asked as: those of trusted pages, and the API's own, whose pages are often trusted. */
export function basesOf({ origins, declared }: Trusted, { hostname }: Target): readonly Base[] {
  const trusted = [...declared, ...origins.filter((origin) => !declared.some((base) => isUnder(origin, base)))];
  const named = [...trusted, `https://${hostname}`].flatMap((origin) => {
    const url = URL.parse(origin);
    const name = url === null ? undefined : namedHost(url.hostname);
    return url === null || name === undefined || !/^https?:$/.test(url.protocol)
      ? []
      : [{ ...name, scheme: url.protocol.slice(0, -1) }];
  });
  const different = named.filter(({ host }, at) => named.findIndex((other) => other.host === host) === at);
  return different.slice(0, mostBases);
}

function isUnder(origin: string, base: string): boolean {
  return isDeclared(origin, { origins: [], declared: [base] });
}
