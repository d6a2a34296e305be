/** Which names are allowed. */
export interface NameSet {
  readonly has: (name: string) => boolean;
  /**
   * Is this a list of these names alone, as browsers write it: in lower case, with commas and no spaces? `false` says only that the list
   * must be read to know.
   */
  readonly hasAllOf: (list: string) => boolean;
}

/**
 * Compiles names to be looked up. They are compared one by one, those of the same length only, and where they stand: a request's names are
 * new strings, and to copy and hash one costs more than to compare it with the one or two that are as long.
 */
export function compileNames(names: readonly string[]): NameSet {
  const byLength = Map.groupBy(names, ({ length }) => length);
  const all = new Set(names);
  return {
    has: (name) => {
      const alike = byLength.get(name.length);
      if (alike === undefined) return false;
      return alike.length > manyAlike ? all.has(name) : alike.includes(name);
    },
    hasAllOf: (list) => {
      for (let at = 0; at <= list.length; ) {
        const comma = list.indexOf(",", at);
        const end = comma < 0 ? list.length : comma;
        const alike = byLength.get(end - at);
        if (alike === undefined || alike.length > manyAlike || !standsAt(list, at, alike)) return false;
        at = end + 1;
      }
      return true;
    },
  };
}

/** Beyond so many of one length, a hash is quicker than to compare. */
const manyAlike = 16;

function standsAt(list: string, at: number, names: readonly string[]): boolean {
  for (const name of names) {
    if (list.startsWith(name, at)) return true;
  }
  return false;
}
