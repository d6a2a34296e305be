/** Methods that are counted by name: those of HTTP, of PATCH, of WebDAV's reading half, and QUERY. Anything else is one. */
export const knownMethods: readonly string[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "QUERY",
  "PROPFIND",
  "REPORT",
  "(other)",
];

/** What stands for every other method, for pages can make any number of them up. */
export const otherMethod: number = knownMethods.length - 1;

const places: ReadonlyMap<string, number> = new Map(knownMethods.map((name, place) => [name, place]));

/** The place of a method in {@link knownMethods}. Methods are told apart by case, as HTTP wants it. */
export function methodPlace(method: string): number {
  return places.get(method) ?? otherMethod;
}
