/** Where something was written: a path in the file, or an environment variable. */
export type Place =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "environment"; readonly path: string };

/**
 * Says where a part of the merged configuration was written: `policy.maxAge` may stand in the file under that path, under
 * `$production.policy.maxAge`, or in `CORS_MAX_AGE`.
 */
export type Places = ReadonlyMap<string, Place>;

/** The place of a path: that of its longest known beginning, with the rest behind it; in the file under the path itself otherwise. */
export function placeOf(places: Places, path: string): Place {
  for (let end = path.length; end > 0; end = lastStep(path, end)) {
    const place = places.get(path.slice(0, end));
    if (place) return { kind: place.kind, path: joinPath(place.path, path.slice(end)) };
  }
  return { kind: "file", path };
}

/** Joins two paths: `routes[0]` and `policy`, `policy` and `.maxAge`, or nothing and `maxAge`. */
export function joinPath(base: string, rest: string): string {
  const plain = rest.replace(/^\./, "");
  if (base === "" || plain === "") return base + plain;
  return plain.startsWith("[") ? base + plain : `${base}.${plain}`;
}

function lastStep(path: string, end: number): number {
  return Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1));
}
