import type { Overview, Series } from "corsmith/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLive } from "../api/live-events.ts";
import { ChartPanel } from "../charts/chart-panel.tsx";
import { Panel } from "../components/layout.tsx";
import { Sign, type Standing } from "../components/status-icon.tsx";
import { rate, shortCount } from "../format/numbers.ts";

interface NowFiguresProps {
  readonly overview: Overview;
  readonly series: Series | undefined;
  readonly from: number;
}

/** The figures of the window, and how they came about over time. */
export function NowFigures({ overview, series, from }: NowFiguresProps): JSX.Element {
  const { counts } = overview;
  const lookAlikes = counts.tooLarge + counts.tooMany + counts.badGateway + counts.gatewayTimeout;
  return (
    <>
      <dl class="figures">
        <LiveRate />
        <Figure standing="yes" name="Allowed" value={overview.allowed} href="/requests?reason=allowed" />
        <Figure
          standing={overview.refused > 0 ? "no" : "neutral"}
          name="Refused"
          value={overview.refused}
          href="/requests"
        />
        <Figure
          standing="neutral"
          name="New origins"
          value={overview.newOrigins}
          words={
            overview.newCredentialedOrigins === 0
              ? "none with cookies"
              : `${overview.newCredentialedOrigins} with cookies`
          }
          href={`/origins?since=${from}`}
        />
        <Figure
          standing={counts.headerless === 0 ? "yes" : "look"}
          name="Errors without headers"
          value={counts.headerless}
          words="to allowed origins; must be 0"
        />
        <Figure
          standing={lookAlikes === 0 ? "neutral" : "look"}
          name="Look-alikes"
          value={lookAlikes}
          words="413, 429, 502, 504: not CORS"
          href="/requests?reason=errors"
        />
      </dl>
      <Panel title="Allowed and refused" id="now-series">
        {series === undefined ? (
          <div class="chart-wait" />
        ) : (
          <ChartPanel series={series} caption="Decisions over time" line={verdict} />
        )}
      </Panel>
    </>
  );
}

interface FigureProps {
  readonly standing: Standing;
  readonly name: string;
  readonly value: number;
  readonly words?: string;
  readonly href?: string;
}

function Figure({ standing, name, value, words, href }: FigureProps): JSX.Element {
  return (
    <div class="figure">
      <dt>
        <Sign standing={standing} /> {href === undefined ? name : <a href={href}>{name}</a>}
      </dt>
      <dd>
        <span class="figure-value">{shortCount(value)}</span>
        {words === undefined ? null : <span class="figure-words">{words}</span>}
      </dd>
    </div>
  );
}

/** How the lines of a series by verdict are called. */
function verdict(name: string): { readonly word: string; readonly standing: Standing } {
  if (name === "allowed") return { word: "Allowed", standing: "yes" };
  if (name === "refused") return { word: "Refused", standing: "no" };
  return { word: "No other origin", standing: "neutral" };
}

/** Milliseconds that the figure tells of. */
const shownMs = 10_000;

/** Decisions a second, over the last ten seconds, from the stream itself. */
function LiveRate(): JSX.Element {
  const moments = useRef<readonly Moment[]>([]);
  const [perSecond, setPerSecond] = useState(0);
  const state = useLive((event) => {
    if (event.event !== "moment") return;
    moments.current = [...moments.current, { at: performance.now(), ...event }];
    show();
  });
  const show = (): void => {
    const now = performance.now();
    moments.current = moments.current.filter(({ at }) => at > now - shownMs);
    setPerSecond(moments.current.reduce((sum, moment) => sum + within(moment), 0) / (shownMs / 1_000));
  };
  // When nothing happens nothing is told: what is over goes by the clock.
  useEffect(() => {
    const timer = setInterval(show, 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="figure">
      <dt>
        <Sign standing={state === "flowing" ? "yes" : "look"} />{" "}
        {state === "lost" ? "Connection lost" : "Decisions a second"}
      </dt>
      <dd>
        <span class="figure-value">{rate(perSecond)}</span>
        <span class="figure-words">{state === "lost" ? "trying again" : "live, last 10 s"}</span>
      </dd>
    </div>
  );
}

interface Moment {
  /** When it came, by this page's clock. */
  readonly at: number;
  /** How long it was: more than a second, if a database that was away is back. */
  readonly milliseconds: number;
  readonly counts: { readonly decisions: number };
}

/** Of a moment that began before what is shown, the part that belongs to it. */
function within({ milliseconds, counts: { decisions } }: Moment): number {
  return milliseconds <= shownMs ? decisions : (decisions * shownMs) / milliseconds;
}
