import { getDomain } from "tldts";
import { isLoopback, isNear } from "../check/near-host.ts";

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
export function namedHost(host: string): NamedHost | undefined {
  const domain = getDomain(host, { allowPrivateDomains: true });
  return domain === null ? undefined : { host, domain };
}
