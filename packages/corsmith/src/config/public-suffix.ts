import { isPublicSuffix as isKnownShared } from "@corsmith/cors";
import { parse } from "tldts";

/**
 * Can strangers get names directly under this host? By the whole Public Suffix List, the registries' part and the private one, and by
 * the library's own table, which knows shared hosts that never asked to be listed.
 *
 * @param host in lower case, without `*.`
 * @see https://publicsuffix.org/list/
 */
export function isPublicSuffix(host: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, extractHostname: false });
  // The list's last rule takes every unlisted top-level name for a suffix: there the library's table of private names knows better.
  const listed = publicSuffix === host && (isIcann === true || isPrivate === true);
  return listed || isKnownShared(host);
}
