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
    origins: origins.slice(0, maxOrigins).map((origin) => origin.replace("*", randomLabel())),
    /** Every page that one of these covers is meant to be allowed: `https://*.example.com`, `https://pr-*.example.com`. */
    patterns: origins.filter((origin) => origin.includes("*")),
  };
}

/** Is this origin meant to be allowed? */
export function isDeclared(origin: string, { origins, patterns }: Trusted): boolean {
  return origins.includes(origin) || patterns.some((pattern) => covers(pattern, origin));
}

function covers(pattern: string, origin: string): boolean {
  const [before = "", after = ""] = pattern.split("*");
  const rest = origin.slice(before.length, -after.length);
  if (origin !== `${before}${rest}${after}` || rest === "") return false;
  // A star that is a whole label stands for several too.
  return (before.endsWith("://") && after.startsWith(".")) || /^[a-z\d_-]+$/.test(rest);
}

/** The hosts whose lookalikes are asked as: those of trusted pages, and the API's own, whose pages are often trusted. */
export function basesOf({ origins, patterns }: Trusted, { hostname }: Target): readonly Base[] {
  // Of a pattern, the host behind the label with its star.
  const above = patterns.map((pattern) => pattern.replace(/[^/.]*\*[^/.]*\./, ""));
  const trusted = [...above, ...origins.filter((origin) => !isDeclared(origin, { origins: [], patterns }))];
  const named = [...trusted, `https://${hostname}`].flatMap((origin): Base[] => {
    const { protocol = "", hostname: host = "" } = URL.parse(origin) ?? {};
    // Addresses, and names such as `localhost`, have none.
    const domain = getDomain(host, { allowPrivateDomains: true });
    return domain === null || !/^https?:$/.test(protocol) ? [] : [{ scheme: protocol.slice(0, -1), host, domain }];
  });
  const different = named.filter(({ host }, at) => named.findIndex((other) => other.host === host) === at);
  return different.slice(0, maxBases);
}
