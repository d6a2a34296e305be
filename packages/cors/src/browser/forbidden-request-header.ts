import { isForbiddenRequestHeader as isForbiddenName } from "../http/header-names.ts";
import { isForbiddenMethod } from "../http/methods.ts";
import type { Header } from "./header-list.ts";

const methodOverrides: ReadonlySet<string> = new Set(["x-http-method", "x-http-method-override", "x-method-override"]);

/**
 * Is this a header that a script can not set, so that the browser drops it without a word?
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader([name, value]: Header): boolean {
  const lowerName = name.toLowerCase();
  if (isForbiddenName(lowerName)) return true;
  if (!methodOverrides.has(lowerName)) return false;
  return splitValue(value).some(isForbiddenMethod);
}

/** Members between commas that stand outside of quoted strings. @see https://fetch.spec.whatwg.org/#header-value-get-decode-and-split */
function splitValue(value: string): readonly string[] {
  const members = value.match(/(?:"(?:\\.|[^"\\])*"?|[^",])+/g) ?? [];
  return members.map((member) => member.replace(/^[\t ]+|[\t ]+$/g, ""));
}
