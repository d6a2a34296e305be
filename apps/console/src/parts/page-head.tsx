import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";

interface PageHeadProps {
  readonly title: string;
  /** What the browser's tab says, where it should say more than the headline. */
  readonly tab?: string;
  /** One sentence on what this view is for. */
  readonly children?: ComponentChildren;
}

/** The head of a view; names the browser's tab too. */
export function PageHead({ title, tab = title, children }: PageHeadProps): JSX.Element {
  useEffect(() => {
    document.title = `${tab} · Corsmith`;
  }, [tab]);
  return (
    <header class="page-head">
      <h1>{title}</h1>
      {children === undefined ? null : <p>{children}</p>}
    </header>
  );
}
