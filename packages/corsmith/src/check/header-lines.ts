import type { HeaderList } from "@corsmith/cors/browser";

/** The values of all lines of this name, in order. */
export function headerLines(list: HeaderList, name: string): readonly string[] {
  const lowerName = name.toLowerCase();
  return list.filter(([known]) => known.toLowerCase() === lowerName).map(([, value]) => value);
}

/** The values of all lines of this name, joined as browsers do; undefined if there is none. */
export function headerValue(list: HeaderList, name: string): string | undefined {
  const lines = headerLines(list, name);
  return lines.length === 0 ? undefined : lines.join(", ");
}

/** The members of a comma-separated field, trimmed. */
export function headerMembers(list: HeaderList, name: string): readonly string[] {
  return headerLines(list, name)
    .flatMap((line) => line.split(","))
    .map((member) => member.trim())
    .filter((member) => member !== "");
}

/** The list with these lines instead of the ones of the same name. */
export function withHeader(list: HeaderList, name: string, value: string): HeaderList {
  return [...withoutHeader(list, name), [name, value]];
}

/** The list without the lines of this name. */
export function withoutHeader(list: HeaderList, name: string): HeaderList {
  const lowerName = name.toLowerCase();
  return list.filter(([known]) => known.toLowerCase() !== lowerName);
}
