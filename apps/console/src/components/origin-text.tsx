import type { JSX } from "preact";
import "./components.css";

/** Characters at the end that stay when the middle is cut: the registrable domain and the port tell origins apart. */
const tailLength = 18;

/**
 * An origin, or whatever was sent instead: as text, independent of the direction of the text around it, and cut in the middle where space
 * is short. Whole in the title, and for screen readers.
 */
export function OriginText({ origin }: { readonly origin: string }): JSX.Element {
  const at = origin.length - tailLength;
  if (at <= 0) {
    return (
      <bdi class="origin-text" dir="ltr">
        {origin}
      </bdi>
    );
  }
  return (
    <bdi class="origin-text" dir="ltr" title={origin}>
      <span class="hidden">{origin}</span>
      <span class="origin-start" aria-hidden="true">
        {origin.slice(0, at)}
      </span>
      <span class="origin-end" aria-hidden="true">
        {origin.slice(at)}
      </span>
    </bdi>
  );
}

/** An origin that leads to what it called; requests without one have a page too. */
export function OriginLink({ origin }: { readonly origin: string }): JSX.Element {
  return (
    <a href={`/origins/${encodeURIComponent(origin)}`}>
      <OriginText origin={origin === "" ? "(no origin)" : origin} />
    </a>
  );
}
