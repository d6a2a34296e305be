import type { Effect, Matrix } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useQuery } from "../api/use-query.ts";
import { Panel } from "../components/layout.tsx";
import { OriginText } from "../components/origin-text.tsx";
import { QueryState } from "../components/query-state.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { reasonLabel } from "../format/labels.ts";

/** Which origins may use which methods: of the text in the editor, or of the active policy. */
export function EffectMatrix({ text }: { readonly text: string | undefined }): JSX.Element {
  const [path, setPath] = useState("/");
  const asked = path.startsWith("/") ? path : `/${path}`;
  const candidate = text === undefined ? {} : { candidate: { text } };
  const matrix = useQuery("POST /api/policy/matrix", { body: { ...candidate, path: asked } });
  return (
    <Panel
      title={text === undefined ? "Effect" : "Effect of the changed policy"}
      id="policy-effect"
      aside={
        <label class="effect-path row bold small">
          Path
          <input
            class="code"
            value={path}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => setPath(event.currentTarget.value)}
          />
        </label>
      }
    >
      <QueryState error={matrix.error} loaded={matrix.data !== undefined}>
        {matrix.data === undefined ? null : hasNoPolicy(matrix.data) ? (
          <p>
            {matrix.data.route === "/" ? "This path" : <code>{matrix.data.route}</code>} has no policy: the API answers
            preflights and sets CORS headers itself, and they go out unchanged.
          </p>
        ) : (
          <>
            <Table matrix={matrix.data} />
            <p class="quiet small">
              Decided by the {matrix.data.route === "/" ? "default policy" : `policy of ${matrix.data.route}`}.
              “Unreadable”: the API acts on the request, but the page may not read the response.
            </p>
          </>
        )}
      </QueryState>
    </Panel>
  );
}

function hasNoPolicy({ rows }: Matrix): boolean {
  return rows.some(({ effects }) => effects.some(({ reason }) => reason === "no-policy"));
}

function Table({ matrix }: { readonly matrix: Matrix }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways, and the keyboard must reach it
    <section class="matrix-frame" aria-label="Matrix of origins and methods" tabIndex={0}>
      <table class="matrix">
        <caption class="hidden">Origins down, methods across</caption>
        <thead>
          <tr>
            <th scope="col">Origin</th>
            {matrix.methods.map((method) => (
              <th scope="col" key={method}>
                {method}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map(({ origin, pattern, named, effects }) => (
            <tr key={origin}>
              <th scope="row">
                <OriginText origin={origin} />
                {pattern === undefined ? null : (
                  <span class="below quiet small">
                    for <code>{pattern}</code>
                  </span>
                )}
                {named ? null : <span class="below quiet small">not in the policy</span>}
              </th>
              {effects.map((effect) => (
                <td key={effect.method} data-method={effect.method} title={reasonLabel(effect.reason).meaning}>
                  <StatusIcon tone={effect.allowed ? "yes" : "no"} /> {effectWord(effect)}
                  <span class="below quiet small">{effectDetail(effect)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function effectWord({ allowed, reaches }: Effect): string {
  if (allowed) return "allowed";
  return reaches ? "unreadable" : "refused";
}

function effectDetail({ allowed, preflight, credentials, reason }: Effect): string {
  if (!allowed) return reasonLabel(reason).label.toLowerCase();
  const words = [...(preflight ? ["preflight"] : []), ...(credentials ? ["credentials"] : [])];
  return words.join(", ");
}
