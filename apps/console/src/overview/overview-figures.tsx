import type { Overview, Series } from "corsmith/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLive } from "../api/live-events.ts";
import { ChartPanel } from "../charts/chart-panel.tsx";
import { Panel } from "../components/layout.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import type { Tone } from "../format/labels.ts";
import { rate, shortCount } from "../format/numbers.ts";

interface FiguresProps {
  readonly overview: Overview;
  readonly series: Series | undefined;
  readonly from: number;
}

/** The figures of the window, and how they came about over time. */
export function OverviewFigures({ overview, series, from }: FiguresProps): JSX.Element {
  const { counts } = overview;
  const lookAlikes = counts.tooLarge + counts.tooMany + counts.badGateway + counts.gatewayTimeout;
  return (
    <>
      <dl class="figures">
        <LiveRate />
        <Figure tone="yes" name="Allowed" value={shortCount(overview.allowed)} href="/requests?reason=allowed" />
        <Figure
          tone={overview.refused > 0 ? "no" : "neutral"}
          name="Refused"
          value={shortCount(overview.refused)}
          href="/requests"
        />
        <Figure
          tone="neutral"
          name="New origins"
          value={shortCount(overview.newOrigins)}
          words={
            overview.newCredentialedOrigins === 0
              ? "none with credentials"
              : `${overview.newCredentialedOrigins} with credentials`
          }
          href={`/origins?since=${from}`}
        />
        <Figure
          tone={counts.headerless === 0 ? "yes" : "warn"}
          name="Errors without CORS headers"
          value={shortCount(counts.headerless)}
          words="to allowed origins; should be 0"
        />
        <Figure
          tone={lookAlikes === 0 ? "neutral" : "warn"}
          name="Errors that look like CORS"
          value={shortCount(lookAlikes)}
          words="413, 429, 502, 504"
          href="/requests?reason=errors"
        />
      </dl>
      <Panel title="Allowed and refused" id="overview-series">
        {series === undefined ? (
          <div class="chart-wait" />
        ) : (
          <ChartPanel series={series} caption="Decisions over time" />
        )}
      </Panel>
    </>
  );
}

interface FigureProps {
  readonly tone: Tone;
  readonly name: string;
  readonly value: string;
  readonly words?: string;
  readonly href?: string;
}

function Figure({ tone, name, value, words, href }: FigureProps): JSX.Element {
  return (
    <div class="figure box">
      <dt class="bold small">
        <StatusIcon tone={tone} /> {href === undefined ? name : <a href={href}>{name}</a>}
      </dt>
      <dd>
        <span class="figure-value bold">{value}</span>
        {words === undefined ? null : <span class="quiet small">{words}</span>}
      </dd>
    </div>
  );
}

/** Milliseconds that the rate covers. */
const shownMs = 10_000;

/** Requests per second, over the last ten seconds, from the stream itself. */
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
  // When nothing happens no event comes, so what is over leaves by the clock.
  useEffect(() => {
    const timer = setInterval(show, 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Figure
      tone={state === "open" ? "yes" : "warn"}
      name={state === "lost" ? "Connection lost" : "Requests per second"}
      value={rate(perSecond)}
      words={state === "lost" ? "reconnecting" : "live, last 10 s"}
    />
  );
}

interface Moment {
  /** When it arrived, by this page's clock. */
  readonly at: number;
  /** How long it was: more than a second after a database was unreachable. */
  readonly milliseconds: number;
  readonly counts: { readonly decisions: number };
}

/** The decisions of a moment; of a longer one, the share that falls into the window. */
function within({ milliseconds, counts: { decisions } }: Moment): number {
  return milliseconds <= shownMs ? decisions : (decisions * shownMs) / milliseconds;
}
