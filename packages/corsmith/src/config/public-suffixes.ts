import {
  isPublicSuffix as isKnownShared,
  publicSuffixBelow as knownSharedBelow,
  type PolicyOptions,
} from "@corsmith/cors";
import { parse } from "tldts";
import { suffixesBelow } from "./suffixes-below.ts";

/**
 * Where anyone can get names: by the whole Public Suffix List, the registries' part and the private one, and by the library's own
 * table, which knows shared hosts that never asked to be listed.
 *
 * @see https://publicsuffix.org/list/
 */
export const publicSuffixes: Required<PolicyOptions> = {
  isPublicSuffix: (host) => isListed(host) || isKnownShared(host),
  publicSuffixBelow: (host) => knownSharedBelow(host) ?? listedBelow(host),
};

function isListed(host: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, extractHostname: false });
  // The list's last rule takes every unlisted top-level name for a suffix: there the library's table of private names knows better.
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}

/** A region of a cloud, such as `eu-west-1`. */
const region = /(?<=^|\.)[a-z]{2}(?:-[a-z]+)+-\d(?=\.)/g;

function listedBelow(host: string): string | undefined {
  const end = `.${host.replace(region, "*")}`;
  const below = suffixesBelow.find((suffix) => suffix.endsWith(end));
  return below === undefined ? undefined : `${below.slice(0, -end.length)}.${host}`;
}
