import "./components.css";
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

interface PanelProps {
  readonly title: string;
  /** For the anchor, and to name the section. */
  readonly id: string;
  /** At the end of the headline: a link, a choice. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a view under a headline of its own. */
export function Panel({ title, id, aside, children }: PanelProps): JSX.Element {
  return (
    <section class="panel stack" aria-labelledby={id}>
      <header class="panel-head row">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ComponentChildren;
}

/** A row of a list of facts: what it is, and its value. */
export function Fact({ name, children }: FactProps): JSX.Element {
  return (
    <div>
      <dt class="quiet small">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  /** What to do next. */
  readonly children: ComponentChildren;
}

/** Shown where there is nothing yet, with what to do next. */
export function Empty({ title, children }: EmptyProps): JSX.Element {
  return (
    <div class="empty stack">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
