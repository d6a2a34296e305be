import type { AccessChange, PolicyDiff } from "corsmith/api";
import type { JSX } from "preact";
import { OriginText } from "../components/origin-text.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { counted } from "../format/numbers.ts";

/** What a text would change: who gains access, who loses it, and the lines. */
export function DiffView({ diff }: { readonly diff: PolicyDiff }): JSX.Element {
  return (
    <div class="stack gap-2">
      <p>{diff.same ? "It means the same as the active policy; only the text differs." : headline(diff)}</p>
      {diff.gained.length + diff.lost.length === 0 ? null : (
        <div class="diff-access columns">
          <Access title="Newly allowed" tone="yes" changes={diff.gained} />
          <Access title="No longer allowed" tone="no" changes={diff.lost} />
        </div>
      )}
      {diff.handedOver.length === 0 ? null : <HandedOver routes={diff.handedOver} />}
      {diff.truncated ? <p class="quiet small">There are more changes than are listed.</p> : null}
      <DiffLines lines={diff.lines} />
    </div>
  );
}

function headline({ gained, lost, handedOver }: PolicyDiff): string {
  if (gained.length + lost.length === 0)
    return handedOver.length === 0
      ? "No page gains or loses access."
      : "What pages can do changes where the API decides.";
  return `${counted(gained.length, "request")} newly allowed, ${lost.length} no longer allowed.`;
}

/** Where the API decides itself, before or afterwards, nothing is known of who gains access. */
function HandedOver({ routes }: { readonly routes: PolicyDiff["handedOver"] }): JSX.Element {
  return (
    <ul>
      {routes.map(({ route, to }) => (
        <li key={route}>
          {route === "/" ? "All other paths" : <code>{route}</code>}:{" "}
          {to === "api"
            ? "no policy afterwards; the API’s own CORS headers go out unchanged."
            : "a policy decides afterwards; the API’s own CORS headers no longer go out."}
        </li>
      ))}
    </ul>
  );
}

interface AccessProps {
  readonly title: string;
  readonly tone: "yes" | "no";
  readonly changes: readonly AccessChange[];
}

function Access({ title, tone, changes }: AccessProps): JSX.Element {
  return (
    <div>
      <h3>
        <StatusIcon tone={tone} /> {title}
      </h3>
      {changes.length === 0 ? <p class="quiet">None.</p> : null}
      <ul class="access">
        {changes.map(({ route, origin, method, after }) => (
          <li key={`${route} ${origin} ${method}`}>
            <OriginText origin={origin} /> <strong>{method}</strong> {route === "/" ? "" : <code>{route}</code>}
            {after.allowed && after.credentials ? <span class="quiet small"> with credentials</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

const signs = { same: " ", added: "+", removed: "−" } as const;
const spoken = { same: "", added: "added: ", removed: "removed: " } as const;

/** The text, line by line. Signs before the lines that differ say the same as the colours. */
function DiffLines({ lines }: { readonly lines: PolicyDiff["lines"] }): JSX.Element {
  return (
    <ul class="diff-lines raw" aria-label="The text, line by line">
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
