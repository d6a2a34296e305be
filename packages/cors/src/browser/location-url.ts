import type { Behaviour } from "./behaviour.ts";
import { headerLines } from "./header-list.ts";
import type { ServerResponse } from "./response.ts";

/**
 * Where a redirect leads: null if it has no `Location`, `failure` if that is no URL.
 *
 * @param base the URL that was redirected
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function locationUrl(response: ServerResponse, base: URL, behaviour: Behaviour): URL | "failure" | null {
  const location = onlyLocation(headerLines(response.headerList, "location"), behaviour);
  if (location === null || location === "failure") return location;
  if (location.value === "" && behaviour.emptyLocation !== "base-url") {
    return behaviour.emptyLocation === "returned" ? null : "failure";
  }
  // One char is one byte here, and a URL is text: browsers read the bytes as UTF-8.
  const parsed = URL.parse(decodeUtf8(location.value), base.href);
  if (parsed === null) return "failure";
  if (parsed.hash === "" && !parsed.href.endsWith("#")) parsed.hash = base.hash;
  return parsed;
}

function onlyLocation(lines: readonly string[], behaviour: Behaviour): { value: string } | "failure" | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (lines.length === 1 || behaviour.severalLocations === "joined") return { value: lines.join(", ") };
  const same = lines.every((line) => line === first);
  return same && behaviour.severalLocations === "fail-at-once-if-different" ? { value: first } : "failure";
}

function decodeUtf8(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
