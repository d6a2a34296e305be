/** Which names are allowed. */
export interface NameSet {
  readonly has: (name: string) => boolean;
}

/** Beyond so many, a hash is quicker than to compare. */
const fewNames = 64;

/**
 * Compiles names to be looked up. A few are compared one by one, those of the same length only: a request's names are new strings, and to
 * hash one costs more than to compare it with the one or two that are as long.
 */
export function compileNames(names: readonly string[]): NameSet {
  if (names.length > fewNames) return new Set(names);
  const byLength = Map.groupBy(names, ({ length }) => length);
  return { has: (name) => byLength.get(name.length)?.includes(name) === true };
}
