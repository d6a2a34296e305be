import type { ComponentChildren, JSX } from "preact";
import "./panel.css";

interface PanelProps {
  readonly title: string;
  /** For the anchor, and to name the section. */
  readonly id: string;
  /** What stands at the end of the headline: a link, a choice. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a view under a headline of its own. */
export function Panel({ title, id, aside, children }: PanelProps): JSX.Element {
  return (
    <section class="panel" aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
