import type { JSX } from "preact";
import "./share.css";

/** How large a part is, as a bar. The number stands beside it, so whoever listens misses nothing. */
export function Share({ part, of }: { readonly part: number; readonly of: number }): JSX.Element {
  return <progress class="share-bar" aria-hidden="true" max={Math.max(1, of)} value={part} />;
}
