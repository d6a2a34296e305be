import { isLoopbackHost, isPrivateHost } from "@corsmith/cors";
import { getDomain } from "tldts";
import { randomLabel } from "./probes/random-name.ts";

/** What the URL alone says about an API. */
export type Target = ReturnType<typeof targetOf>;

/** Reads it off the URL. */
export function targetOf(url: string) {
  const { protocol, hostname } = new URL(url);
  return {
    url,
    isHttps: protocol === "https:",
    hostname,
    /** On this machine: often a build that will be deployed elsewhere. */
    isLoopback: isLoopbackHost(hostname),
    /** On a private network, by its address or its name, and not this machine. */
    isPrivate: isPrivateHost(hostname),
  };
}

/** A trusted page's host whose name was registered, so that others can register names like it. */
export interface Base {
  /** Of the page's origin. */
  readonly scheme: string;
  readonly host: string;
  /** What was registered: `example.com` of `app.example.com`. */
  readonly domain: string;
}

/** The others would show the same. */
const maxOrigins = 3;
const maxBases = 3;

/** What the user says about who is meant to be allowed. */
export type Trusted = ReturnType<typeof trustedBy>;

/** Reads origins and patterns. */
export function trustedBy(origins: readonly string[]) {
  return {
    /** Origins to ask as; of a pattern, one that it covers. */
    origins: origins.slice(0, maxOrigins).map((origin) => origin.replace("://*.", `://${randomLabel()}.`)),
    /** `https://example.com` of `https://*.example.com`: every page below it is meant to be allowed. */
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
  const trusted = [...declared, ...origins.filter((origin) => !isDeclared(origin, { origins: [], declared }))];
  const named = [...trusted, `https://${hostname}`].flatMap((origin): Base[] => {
    const { protocol = "", hostname: host = "" } = URL.parse(origin) ?? {};
    // Addresses, and names such as `localhost`, have none.
    const domain = getDomain(host, { allowPrivateDomains: true });
    return domain === null || !/^https?:$/.test(protocol) ? [] : [{ scheme: protocol.slice(0, -1), host, domain }];
  });
  const different = named.filter(({ host }, at) => named.findIndex((other) => other.host === host) === at);
  return different.slice(0, maxBases);
}
