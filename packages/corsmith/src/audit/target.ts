import { getDomain } from "tldts";
import { isLoopback, isNear } from "../check/near-host.ts";
import type { Base } from "./probes/origin-variant.ts";
import { randomLabel } from "./probes/probe.ts";

/** What the URL alone tells of an API. */
export interface Target {
  readonly url: string;
  readonly isHttps: boolean;
  readonly hostname: string;
  /** On this machine: often a build that will be deployed elsewhere. */
  readonly isLoopback: boolean;
  /** On a private network, by its address or its name, and not this machine. */
  readonly isPrivate: boolean;
}

/** Reads it off the URL. */
export function targetOf(url: string): Target {
  const { protocol, hostname } = new URL(url);
  const loopback = isLoopback(hostname);
  return {
    url,
    isHttps: protocol === "https:",
    hostname,
    isLoopback: loopback,
    isPrivate: !loopback && isNear(hostname),
  };
}

/** A host with a name that somebody registered, and that others can have names like. */
export interface NamedHost {
  readonly host: string;
  /** What was registered: `example.com` of `app.example.com`. */
  readonly domain: string;
}

/** Undefined for addresses and names such as `localhost`. */
function namedHost(host: string): NamedHost | undefined {
  const domain = getDomain(host, { allowPrivateDomains: true });
  return domain === null ? undefined : { host, domain };
}

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
