import "./origins.css";
import type { OriginDetail } from "corsmith/api";
import type { JSX } from "preact";
import { useRoute } from "preact-iso/router";
import { useQuery } from "../api/use-query.ts";
import { ChartPanel } from "../charts/chart-panel.tsx";
import { PageHead, Panel } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { Sign } from "../components/status-icon.tsx";
import { engineWord } from "../format/engines.ts";
import { count, counted } from "../format/numbers.ts";
import { reasonWords } from "../format/reasons.ts";
import { proposalLink } from "../policy/proposal.ts";
import { SampleTable } from "../requests/sample-table.tsx";

/** The day before now, as the first look at an origin. */
const day = 24 * 60 * 60_000;

/** One origin: what it called, what it met, and what can be done about it. */
export function OriginView(): JSX.Element {
  const { params } = useRoute();
  const origin = params["origin"] ?? "";
  const from = Math.floor((Date.now() - day) / 60_000) * 60_000;
  const detail = useQuery("GET /api/origins/{origin}", { params: { origin }, query: { from } }, { every: 10_000 });
  const { data } = detail;
  return (
    <>
      <PageHead title={origin === "" ? "Requests without an origin" : origin} tab="Origin">
        {data === undefined ? "Reading the journal…" : <Summary detail={data} />}
      </PageHead>
      <QueryState error={detail.error} loaded={data !== undefined}>
        {data === undefined ? null : <Whole detail={data} />}
      </QueryState>
    </>
  );
}

function Summary({ detail: { summary } }: { readonly detail: OriginDetail }): JSX.Element {
  return (
    <>
      First seen <RelativeTime time={summary.firstSeen} />, last <RelativeTime time={summary.lastSeen} />.{" "}
      {counted(summary.counts.decisions, "request")}, {count(summary.refused)} refused
      {summary.counts.credentialed > 0 ? `, ${count(summary.counts.credentialed)} with cookies or a token` : ""}.
    </>
  );
}

function Whole({ detail }: { readonly detail: OriginDetail }): JSX.Element {
  const { summary, routes, methods, engines, series, samples } = detail;
  return (
    <div class="origin-page">
      {summary.origin === "" ? null : <Deeds origin={summary.origin} allowedNow={summary.allowedNow} />}
      <Panel title="The last day" id="origin-series">
        <ChartPanel series={series} caption="Decisions about this origin over time" line={lineOf} />
      </Panel>
      <div class="origin-tallies">
        <Tallies title="Routes" id="origin-routes" rows={routes} />
        <Tallies title="Methods" id="origin-methods" rows={methods} />
        <Tallies title="Browsers" id="origin-engines" rows={engines} word={browserWord} />
      </div>
      <Panel title="The last requests" id="origin-samples" aside={<a href={allOf(summary.origin)}>As they come</a>}>
        <SampleTable samples={samples} caption="The last requests of this origin" ofOneOrigin />
      </Panel>
    </div>
  );
}

function allOf(origin: string): string {
  return `/requests?${new URLSearchParams({ origin })}`;
}

function Deeds({ origin, allowedNow }: { readonly origin: string; readonly allowedNow: boolean }): JSX.Element {
  const change = allowedNow ? "refuse-origin" : "allow-origin";
  return (
    <div>
      <p>
        <Sign standing={allowedNow ? "yes" : "no"} />{" "}
        {allowedNow
          ? "The policy in force allows it, on one route at least."
          : "The policy in force refuses it on every route."}
      </p>
      <p class="origin-deeds">
        <a class="button" href={proposalLink({ change, names: [origin] })}>
          {allowedNow ? "Propose to refuse it" : "Propose to allow it"}
        </a>
        <span class="quiet small">Shows the change first. Nothing is changed before you confirm it.</span>
      </p>
    </div>
  );
}

interface TalliesProps {
  readonly title: string;
  readonly id: string;
  readonly rows: OriginDetail["routes"];
  /** How a name is written for people; missing where it is code. */
  readonly word?: (name: string) => string;
}

function Tallies({ title, id, rows, word }: TalliesProps): JSX.Element {
  return (
    <Panel title={title} id={id}>
      <table>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="number">
              Requests
            </th>
            <th scope="col" class="number">
              Refused
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, decisions, refused }) => (
            <tr key={name}>
              <th scope="row">{word === undefined ? <code>{name}</code> : word(name)}</th>
              <td class="number">{count(decisions)}</td>
              <td class="number">{count(refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function browserWord(name: string): string {
  return engineWord(name as Parameters<typeof engineWord>[0]);
}

type Reason = Parameters<typeof reasonWords>[0];

const verdicts: Readonly<Record<string, Reason>> = { allowed: "allowed", refused: "origin-refused" };

function lineOf(name: string): { readonly word: string; readonly standing: "yes" | "no" | "look" | "neutral" } {
  const verdict = verdicts[name];
  if (verdict !== undefined)
    return { word: name === "allowed" ? "Allowed" : "Refused", standing: reasonWords(verdict).standing };
  return name === "not-cross-origin" ? { word: "No other origin", standing: "neutral" } : reasonWords(name as Reason);
}
