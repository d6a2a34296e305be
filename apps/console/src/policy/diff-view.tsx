import type { AccessChange, PolicyDiff } from "corsmith/api";
import type { JSX } from "preact";
import { OriginText } from "../components/origin-text.tsx";
import { Sign } from "../components/status-icon.tsx";
import { counted } from "../format/numbers.ts";

/** What a text would change: who gains, who loses, and the lines. */
export function DiffView({ diff }: { readonly diff: PolicyDiff }): JSX.Element {
  return (
    <div class="diff">
      <p>{diff.same ? "It means the same as what is in force; only the text differs." : headline(diff)}</p>
      {diff.gained.length + diff.lost.length === 0 ? null : (
        <div class="diff-access">
          <Access title="Could then" standing="yes" changes={diff.gained} />
          <Access title="Could not any more" standing="no" changes={diff.lost} />
        </div>
      )}
      {diff.truncated ? <p class="quiet small">There are more of them than are listed.</p> : null}
      <DiffLines lines={diff.lines} />
    </div>
  );
}

function headline({ gained, lost }: PolicyDiff): string {
  if (gained.length + lost.length === 0) return "No page gains or loses anything that it can do now.";
  const more = counted(gained.length, "more thing", "more things");
  const less = counted(lost.length, "thing less", "things less");
  return `Pages could do ${gained.length === 0 ? "nothing more" : more}, and ${lost.length === 0 ? "nothing less" : less}.`;
}

interface AccessProps {
  readonly title: string;
  readonly standing: "yes" | "no";
  readonly changes: readonly AccessChange[];
}

function Access({ title, standing, changes }: AccessProps): JSX.Element {
  return (
    <div>
      <h3>
        <Sign standing={standing} /> {title}
      </h3>
      {changes.length === 0 ? <p class="quiet">Nothing.</p> : null}
      <ul class="access">
        {changes.map(({ route, origin, method, after }) => (
          <li key={`${route} ${origin} ${method}`}>
            <OriginText origin={origin} /> <strong>{method}</strong> {route === "/" ? "" : <code>{route}</code>}
            {after.allowed && after.credentials ? <span class="quiet small"> with cookies</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

const signs = { same: " ", added: "+", removed: "−" } as const;
const spoken = { same: "", added: "added: ", removed: "removed: " } as const;

/** The text, line by line. Signs stand before the lines that differ, so that nobody needs the colours. */
function DiffLines({ lines }: { readonly lines: PolicyDiff["lines"] }): JSX.Element {
  return (
    <ul class="diff-lines" aria-label="The text, line by line">
      {lines.map(({ kind, text }, at) => (
        <li key={String(at)} data-kind={kind}>
          <span aria-hidden="true">{signs[kind]} </span>
          <span class="hidden">{spoken[kind]}</span>
          <code>{text}</code>
        </li>
      ))}
    </ul>
  );
}
