/** Where a request was sent, in two parts. */
export interface TargetParts {
  /** As it was sent: nothing is decoded or joined. `/` where there is none. */
  readonly path: string;
  /** Behind the `?`; empty where there is none. */
  readonly query: string;
}

/** Behind the scheme and the authority, if they are there: the path, and the query without the fragment. */
const targetPattern = /^(?:[^/?#]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/;

/**
 * Splits the target of a request line, or an absolute URL.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function splitTarget(target: string): TargetParts {
  const [, path, query] = targetPattern.exec(target) ?? [];
  return { path: path || "/", query: query ?? "" };
}
