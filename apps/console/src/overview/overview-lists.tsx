import "../components/components.css";
import type { Origins, Overview, Routes } from "corsmith/api";
import type { JSX } from "preact";
import { type Gateway, isSamePolicy, useGateways } from "../api/use-gateways.ts";
import { Panel } from "../components/layout.tsx";
import { NumberTable } from "../components/number-table.tsx";
import { OriginLink } from "../components/origin-text.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { reasonLabel, reasonNames } from "../format/labels.ts";
import { count } from "../format/numbers.ts";

interface ListsProps {
  readonly overview: Overview;
  readonly routes: Routes | undefined;
  readonly origins: Origins | undefined;
}

/** Why things were refused, on which routes, and who is new. */
export function OverviewLists({ overview, routes, origins }: ListsProps): JSX.Element {
  return (
    <div class="overview-lists columns">
      <Panel title="Refused by reason" id="overview-reasons">
        <Reasons overview={overview} />
      </Panel>
      <Panel title="New origins" id="overview-new" aside={<a href="/origins?sort=first-seen">All origins</a>}>
        <NewOrigins origins={origins} />
      </Panel>
      <Panel title="Routes" id="overview-routes">
        <NumberTable
          caption="Decisions by route"
          columns={["Route", "Allowed", "Refused", "Origins"]}
          rows={(routes?.routes ?? []).map(({ route, allowed, refused, origins: callers }) => ({
            key: route,
            head: <code>{route}</code>,
            values: [allowed, refused, callers],
          }))}
        />
      </Panel>
      <GatewayList />
    </div>
  );
}

function Reasons({ overview }: { readonly overview: Overview }): JSX.Element {
  const rows = reasonNames
    .map((reason) => ({ reason, value: overview.byReason[reason] ?? 0, ...reasonLabel(reason) }))
    .filter(({ tone, value }) => value > 0 && (tone === "no" || tone === "warn"))
    .sort((a, b) => b.value - a.value);
  if (rows.length === 0) return <p class="quiet">Nothing was refused.</p>;
  return (
    <ul class="reasons">
      {rows.map(({ reason, value, tone, label }) => (
        <li key={reason}>
          <span>
            <StatusIcon tone={tone} /> <a href={`/requests?reason=${reason}`}>{label}</a>
          </span>
          <span class="number">{count(value)}</span>
          <Share part={value} of={overview.refused} />
        </li>
      ))}
    </ul>
  );
}

function NewOrigins({ origins }: { readonly origins: Origins | undefined }): JSX.Element {
  if (origins === undefined || origins.origins.length === 0) return <p class="quiet">No new origins in this period.</p>;
  return (
    <ul class="rows">
      {origins.origins.map(({ origin, firstSeen, refused, allowed }) => (
        <li key={origin}>
          <OriginLink origin={origin} />
          <span class="quiet small">
            {allowed > 0 ? "allowed" : refused > 0 ? "refused" : "no decision"}, <RelativeTime time={firstSeen} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The gateways whose decisions are shown, where there are several. */
function GatewayList(): JSX.Element | null {
  const gateways = useGateways();
  if (gateways.length === 0) return null;
  return (
    <Panel title="Gateways" id="overview-gateways">
      <p class="quiet small">They share one journal; all figures here cover all of them.</p>
      <ul class="rows">
        {gateways.map((gateway) => (
          <li key={gateway.name}>
            <span>
              <code>{gateway.name}</code>
              {gateway.own ? <span class="quiet"> this one</span> : null}
            </span>
            <State gateway={gateway} own={gateways[0]} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function State({ gateway, own }: { readonly gateway: Gateway; readonly own: Gateway | undefined }): JSX.Element {
  const same = isSamePolicy(gateway, own);
  if (!gateway.running)
    return (
      <span>
        <StatusIcon tone="warn" /> Last seen <RelativeTime time={gateway.lastSeen} />
      </span>
    );
  return (
    <span>
      <StatusIcon tone={same === false ? "warn" : "yes"} /> Running
      {same === undefined ? "" : `, with ${same ? "the same" : "a different"} policy`}
    </span>
  );
}

/** How large a part is, as a bar. The number is beside it, so a screen reader misses nothing. */
function Share({ part, of }: { readonly part: number; readonly of: number }): JSX.Element {
  return (
    <span class="share-bar" aria-hidden="true">
      <span style={{ inlineSize: `${(100 * part) / Math.max(part, of)}%` }} />
    </span>
  );
}
