import type { Behaviour } from "./behaviour.ts";
import { type Header, type HeaderList, headerLines, sortedLowercaseSet } from "./header-list.ts";

/**
 * The headers as a script that goes through `response.headers` sees them: lower case, sorted, lines of one name joined.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
 */
export function visibleHeaders(list: HeaderList, behaviour: Behaviour): readonly Header[] {
  return sortedLowercaseSet(list.map(([name]) => name)).map((name) => [name, combine(list, name, behaviour)]);
}

function combine(list: HeaderList, name: string, behaviour: Behaviour): string {
  const lines = headerLines(list, name);
  const filled = behaviour.dropsEmptyDuplicates ? lines.filter((line) => line !== "") : lines;
  return filled.join(name === "content-type" ? behaviour.valueSeparator : ", ");
}
