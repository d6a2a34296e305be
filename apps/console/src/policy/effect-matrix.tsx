import type { Effect, Matrix } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useQuery } from "../api/use-query.ts";
import { Panel } from "../components/layout.tsx";
import { OriginText } from "../components/origin-text.tsx";
import { QueryState } from "../components/query-state.tsx";
import { Sign } from "../components/status-icon.tsx";
import { reasonWords } from "../format/reasons.ts";

/** Whom the policy lets do what: origins down, methods across; of the text that is being written, or of what is in force. */
export function EffectMatrix({ text }: { readonly text: string | undefined }): JSX.Element {
  const [path, setPath] = useState("/");
  const asked = path.startsWith("/") ? path : `/${path}`;
  const candidate = text === undefined ? {} : { candidate: { text } };
  const matrix = useQuery("POST /api/policy/matrix", { body: { ...candidate, path: asked } });
  return (
    <Panel
      title={text === undefined ? "The effect" : "The effect it would have"}
      id="policy-effect"
      aside={
        <label class="effect-path">
          At the path
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
        {matrix.data === undefined ? null : (
          <>
            <Table matrix={matrix.data} />
            <p class="quiet small">
              Decided by the policy {matrix.data.route === "/" ? "beside the routes" : `of ${matrix.data.route}`}. “asks
              first” means a preflight; “sent, not read” means that the API acts on it although the page may not read
              the answer.
            </p>
          </>
        )}
      </QueryState>
    </Panel>
  );
}

function Table({ matrix }: { readonly matrix: Matrix }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where there is no room for all methods it scrolls sideways, and the keyboard must reach it
    <section class="matrix-frame" aria-label="Effect" tabIndex={0}>
      <table class="matrix">
        <caption class="hidden">Origins down, methods across</caption>
        <thead>
          <tr>
            <th scope="col">A page of</th>
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
                  <span class="matrix-pattern">
                    for <code>{pattern}</code>
                  </span>
                )}
                {named ? null : <span class="matrix-pattern">a stranger</span>}
              </th>
              {effects.map((effect) => (
                <td key={effect.method} data-method={effect.method} title={reasonWords(effect.reason).sentence}>
                  <Sign standing={effect.allowed ? "yes" : "no"} /> {effectWord(effect)}
                  <span class="matrix-detail">{effectDetail(effect)}</span>
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
  if (allowed) return "yes";
  return reaches ? "sent, not read" : "no";
}

function effectDetail({ allowed, preflight, credentials, reason }: Effect): string {
  if (!allowed) return reasonWords(reason).word.toLowerCase();
  const words = [...(preflight ? ["asks first"] : []), ...(credentials ? ["cookies"] : [])];
  return words.join(", ");
}
