import { isLoopback } from "../config/address.ts";

/** What the guard looks at: every line of each of these headers. */
export interface GuardedFacts {
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly fetchSites: readonly string[];
  /** Is it a page that is opened in the address bar's place, by a link or a bookmark? */
  readonly opensPage: boolean;
}

/** How the admin server is reached. */
export interface GuardTerms {
  /** The host on which it was told to listen. */
  readonly adminHost: string;
  /** Is a token demanded? Then it may have any name: a page that was rebound to it knows no token, and no browser sends one by itself. */
  readonly token: boolean;
}

/**
 * Why a request to the admin server must be refused; `undefined` if it may pass. A page on another site can make its visitor's browser
 * call a server on the visitor's own machine: across sites, or, with DNS rebinding, under the page's own name.
 *
 * @see https://fetch.spec.whatwg.org/#origin-header
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function adminRefusal(facts: GuardedFacts, { adminHost, token }: GuardTerms): string | undefined {
  const { hosts, origins, fetchSites, opensPage } = facts;
  const [host, ...furtherHosts] = hosts;
  const name = host === undefined || furtherHosts.length > 0 ? undefined : hostName(host);
  if (host === undefined || name === undefined || !(token || isLoopback(name) || name === adminHost.toLowerCase())) {
    const own = isLoopback(adminHost) ? "" : `, or ${adminHost}`;
    return `The Host header must name this machine: localhost, 127.0.0.1 or [::1]${own}.`;
  }
  if (opensPage && origins.length === 0) return undefined;
  if (fetchSites.some((site) => site !== "same-origin" && site !== "none"))
    return "Requests from other sites are refused.";
  const own = [`http://${host.toLowerCase()}`, ...(token ? [`https://${host.toLowerCase()}`] : [])];
  if (origins.some((origin) => !own.includes(origin.toLowerCase()))) {
    return "Requests from pages of another origin are refused.";
  }
  return undefined;
}

/** The host of a `Host` header without port and brackets, in lower case; `undefined` if it is none. */
function hostName(host: string): string | undefined {
  const parts = /^(?:\[(?<six>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::\d{1,5})?$/i.exec(host)?.groups;
  return (parts?.["six"] ?? parts?.["name"])?.toLowerCase();
}
