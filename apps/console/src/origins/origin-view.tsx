import "./origins.css";
import type { OriginDetail } from "corsmith/api";
import type { JSX } from "preact";
import { useRoute } from "preact-iso/router";
import { useQuery } from "../api/use-query.ts";
import { ChartPanel } from "../charts/chart-panel.tsx";
import { PageHead, Panel } from "../components/layout.tsx";
import { NumberTable } from "../components/number-table.tsx";
import { QueryState } from "../components/query-state.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { engineLabel } from "../format/labels.ts";
import { count, counted } from "../format/numbers.ts";
import { proposalLink } from "../policy/proposal.ts";
import { SampleTable } from "../requests/sample-table.tsx";

/** The period that is shown. */
const day = 24 * 60 * 60_000;

/** One origin: what it called, how it was answered, and what can be done about it. */
export function OriginView(): JSX.Element {
  const { params } = useRoute();
  const origin = params["origin"] ?? "";
  const from = Math.floor((Date.now() - day) / 60_000) * 60_000;
  const detail = useQuery("GET /api/origins/{origin}", { params: { origin }, query: { from } }, { intervalMs: 10_000 });
  const { data } = detail;
  return (
    <>
      <PageHead title={origin === "" ? "Requests without an origin" : origin} tab="Origin">
        {data === undefined ? "Loading…" : <Summary detail={data} />}
      </PageHead>
      <QueryState error={detail.error} loaded={data !== undefined}>
        {data === undefined ? null : <Details detail={data} />}
      </QueryState>
    </>
  );
}

function Summary({ detail: { summary } }: { readonly detail: OriginDetail }): JSX.Element {
  return (
    <>
      First seen <RelativeTime time={summary.firstSeen} />, last <RelativeTime time={summary.lastSeen} />.{" "}
      {counted(summary.counts.decisions, "request")}, {count(summary.refused)} refused
      {summary.counts.credentialed > 0 ? `, ${count(summary.counts.credentialed)} with credentials` : ""}.
    </>
  );
}

function Details({ detail }: { readonly detail: OriginDetail }): JSX.Element {
  const { summary, routes, methods, engines, series, samples } = detail;
  return (
    <div class="stack gap-4">
      {summary.origin === "" ? null : <Actions origin={summary.origin} allowedNow={summary.allowedNow} />}
      <Panel title="Last 24 hours" id="origin-series">
        <ChartPanel series={series} caption="Decisions about this origin over time" />
      </Panel>
      <div class="origin-tallies columns">
        <Tallies title="Routes" id="origin-routes" rows={routes} />
        <Tallies title="Methods" id="origin-methods" rows={methods} />
        <Tallies title="Browsers" id="origin-engines" rows={engines} label={engineLabel} />
      </div>
      <Panel title="Latest requests" id="origin-samples" aside={<a href={allOf(summary.origin)}>Watch live</a>}>
        <SampleTable samples={samples} caption="The latest requests of this origin" ofOneOrigin />
      </Panel>
    </div>
  );
}

function allOf(origin: string): string {
  return `/requests?${new URLSearchParams({ origin })}`;
}

function Actions({ origin, allowedNow }: { readonly origin: string; readonly allowedNow: boolean }): JSX.Element {
  const change = allowedNow ? "refuse-origin" : "allow-origin";
  return (
    <div class="stack gap-2">
      <p>
        <StatusIcon tone={allowedNow ? "yes" : "no"} />{" "}
        {allowedNow
          ? "The active policy allows it on at least one route."
          : "The active policy refuses it on every route."}
      </p>
      <p class="row">
        <a class="button" href={proposalLink({ change, names: [origin] })}>
          Draft a policy change: {allowedNow ? "refuse" : "allow"} this origin
        </a>
        <span class="quiet small">Shows the change first. Nothing changes until you confirm it.</span>
      </p>
    </div>
  );
}

interface TalliesProps {
  readonly title: string;
  readonly id: string;
  readonly rows: OriginDetail["routes"];
  /** What a name is called; missing where it is code. */
  readonly label?: (name: string) => string;
}

function Tallies({ title, id, rows, label }: TalliesProps): JSX.Element {
  return (
    <Panel title={title} id={id}>
      <NumberTable
        caption={title}
        columns={["Name", "Requests", "Refused"]}
        rows={rows.map(({ name, decisions, refused }) => ({
          key: name,
          head: label === undefined ? <code>{name}</code> : label(name),
          values: [decisions, refused],
        }))}
      />
    </Panel>
  );
}
