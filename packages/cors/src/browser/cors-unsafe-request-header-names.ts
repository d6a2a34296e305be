import type { Behaviour } from "./behaviour.ts";
import { isCorsSafelistedRequestHeader, maxSafelistedValueBytes } from "./cors-safelisted-request-header.ts";
import { getHeader, type HeaderList, sortedLowercaseSet } from "./header-list.ts";

/** The most bytes that all safelisted values of a request may have together. */
const maxSafelistedBytes = 1024;

/**
 * The names of the headers for which the server has to be asked: lower case, sorted, each once.
 *
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function corsUnsafeRequestHeaderNames(headers: HeaderList, behaviour: Behaviour): readonly string[] {
  const unsafeNames: string[] = [];
  const potentiallyUnsafeNames: string[] = [];
  let safelistValueSize = 0;
  for (const header of headers) {
    if (isSafe(header[0], header[1], headers, behaviour)) {
      potentiallyUnsafeNames.push(header[0]);
      safelistValueSize += header[1].length;
    } else {
      unsafeNames.push(header[0]);
    }
  }
  if (safelistValueSize > maxSafelistedBytes && behaviour.limitsSafelistedBytes)
    unsafeNames.push(...potentiallyUnsafeNames);
  if (behaviour.namesEachUnsafeLine) return unsafeNames.map((name) => name.toLowerCase()).sort();
  return sortedLowercaseSet(unsafeNames);
}

function isSafe(name: string, value: string, headers: HeaderList, behaviour: Behaviour): boolean {
  if (!isCorsSafelistedRequestHeader([name, value], behaviour)) return false;
  if (!behaviour.safelistsCombinedValues) return true;
  const combined = getHeader(headers, name.toLowerCase()) ?? value;
  return (
    combined === value ||
    (combined.length <= maxSafelistedValueBytes && isCorsSafelistedRequestHeader([name, combined], behaviour))
  );
}
