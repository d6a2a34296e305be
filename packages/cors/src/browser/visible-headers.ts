import type { Behaviour } from "./behaviour.ts";
import { type Header, type HeaderList, headerLines, sortedLowercaseSet } from "./header-list.ts";

/**
 * The headers as a script that goes through `response.headers` sees them: lower case, sorted, lines of one name joined.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
 */
export function visibleHeaders(list: HeaderList, behaviour: Behaviour): readonly Header[] {
  const names = sortedLowercaseSet(list.map(([name]) => name));
  const hides = behaviour.hidesSeveralChallenges && headerLines(list, "www-authenticate").length > 1;
  const shown = hides ? names.filter((name) => name !== "www-authenticate") : names;
  return shown.map((name) => [name, combine(list, name, behaviour)]);
}

function combine(list: HeaderList, name: string, behaviour: Behaviour): string {
  const lines = headerLines(list, name);
  const filled = behaviour.dropsEmptyDuplicates ? lines.filter((line) => line !== "") : lines;
  const value = filled.join(name === "content-type" ? behaviour.valueSeparator : ", ");
  return behaviour.replacesInvalidUtf8 ? validUtf8(value) : value;
}

/** One char is one byte: what is no UTF-8 becomes the bytes of a replacement character. */
function validUtf8(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
  );
  return String.fromCharCode(...new TextEncoder().encode(text));
}
