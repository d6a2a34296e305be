import { redactTrace, type Trace } from "@corsmith/cors/browser";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { CodeBlock } from "../components/code-block.tsx";
import { OriginText } from "../components/origin-text.tsx";
import { curlForAll } from "./curl.ts";
import { LegView } from "./leg-view.tsx";
import { legsOf } from "./legs.ts";
import { Outcome } from "./outcome.tsx";
import "./timeline.css";

interface TimelineProps {
  readonly trace: Trace;
  /** The page's origin. */
  readonly page: string;
  /** The URL that its script called. */
  readonly url: string;
  /** Whose behaviour, in words: `the standard requires`, `Firefox does`. */
  readonly judge: string;
}

/**
 * A fetch, drawn: the browser on the left, the server on the right, time from top to bottom. First the verdict and what to do;
 * then each trip, with the line that failed marked. On a narrow window the two lanes become one.
 */
export function Timeline({ trace: whole, page, url, judge }: TimelineProps): JSX.Element {
  const trace = useMemo(() => redactTrace(whole), [whole]);
  const legs = legsOf(trace);
  const stoppedAtPreflight = trace.outcome === "error" && !legs.some(({ kind }) => kind === "actual");
  return (
    <section class="timeline stack" aria-label="What the browser does, step by step">
      <Outcome trace={trace} />
      <div class="lanes" data-outcome={trace.outcome}>
        <header class="lane-head lane-browser">
          <h3>Browser</h3>
          <p class="quiet small">
            a page of <OriginText origin={page} />
          </p>
        </header>
        <header class="lane-head lane-server">
          <h3>Server</h3>
          <p class="quiet small">
            <OriginText origin={originOf(url)} />
          </p>
        </header>
        <ol class="legs">
          {legs.map((leg, at) => (
            <LegView key={String(at)} leg={leg} number={at + 1} afterRedirect={isRedirected(legs[at - 1])} />
          ))}
          {stoppedAtPreflight ? (
            <li class="leg leg-unsent">
              <h4>
                <span class="leg-number">{legs.length + 1}</span> The request itself
              </h4>
              <p class="card box stack lane-browser">
                Never sent: the browser stopped after the preflight, so the API did nothing.
              </p>
            </li>
          ) : null}
        </ol>
      </div>
      {trace.exchanges.length === 0 ? null : <Curl text={curlForAll(trace.exchanges)} />}
      <p class="quiet small">Evaluated {judge}. Secrets are left out.</p>
    </section>
  );
}

function Curl({ text }: { readonly text: string }): JSX.Element {
  return (
    <details class="curl">
      <summary class="bold">The same with curl</summary>
      <p class="quiet small">
        curl is not a browser: it prints whatever the server answers and enforces no rule. Compare its output with the
        lines above.
      </p>
      <CodeBlock code={text} what="the curl commands" />
    </details>
  );
}

function isRedirected(leg: ReturnType<typeof legsOf>[number] | undefined): boolean {
  return leg?.after.some(({ step }) => step === "http-redirect-fetch/follow") ?? false;
}

function originOf(url: string): string {
  return URL.parse(url)?.origin ?? url;
}
