import { isLoopbackHost } from "@corsmith/cors";

/** What the guard looks at: every line of each of these headers. */
export interface GuardedFacts {
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly fetchSites: readonly string[];
  /** Is it a page that is opened by a link, a bookmark or the address bar? */
  readonly opensPage: boolean;
}

/** How the admin server is reached. */
export interface GuardOptions {
  /** The host on which it listens, as it was configured. */
  readonly adminHost: string;
  /** Is a token required? Then the server may have any name: a page that was rebound to it has no token, and no browser sends one by itself. */
  readonly token: boolean;
}

/**
 * Why a request to the admin server must be refused; `undefined` if it may pass. A page on another site can make its visitor's browser
 * call a server on the visitor's own machine: across sites, or, with DNS rebinding, under the page's own name.
 *
 * @see https://fetch.spec.whatwg.org/#origin-header
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function adminRefusal(facts: GuardedFacts, { adminHost, token }: GuardOptions): string | undefined {
  const { hosts, origins, fetchSites, opensPage } = facts;
  const [host = ""] = hosts;
  const name = hosts.length === 1 ? hostName(host) : undefined;
  const own = hostName(adminHost.includes(":") ? `[${adminHost}]` : adminHost) ?? "";
  if (name === undefined || !(token || isLoopbackHost(name) || name === own)) {
    return `The Host header must name this machine: localhost, 127.0.0.1 or [::1]${isLoopbackHost(own) ? "" : `, or ${adminHost}`}.`;
  }
  if (opensPage && origins.length === 0) return undefined;
  if (fetchSites.some((site) => site !== "same-origin" && site !== "none"))
    return "Requests from other sites are refused.";
  const ownOrigins = [`http://${host.toLowerCase()}`, ...(token ? [`https://${host.toLowerCase()}`] : [])];
  return origins.every((origin) => ownOrigins.includes(origin.toLowerCase()))
    ? undefined
    : "Requests from pages of another origin are refused.";
}

/** The host of a `Host` header without its port, as a URL has it; `undefined` if it is not one. */
function hostName(host: string): string | undefined {
  const name = /^(?<name>\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(host)?.groups?.["name"]?.toLowerCase();
  return name?.startsWith("[") ? URL.parse(`http://${name}`)?.hostname : name;
}
