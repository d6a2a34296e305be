import "./requests.css";
import { isRefusal } from "@corsmith/cors/observe";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Empty, PageHead, Panel } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { StatusIcon } from "../components/status-icon.tsx";
import { isReason, reasonLabel, reasonNames } from "../format/labels.ts";
import { SampleTable } from "./sample-table.tsx";
import { type LiveSamples, type SampleFilter, useSamples } from "./use-samples.ts";

/** The stream of decisions: refused requests first, then the rest. */
export function RequestsView(): JSX.Element {
  const { query } = useLocation();
  const [paused, setPaused] = useState(false);
  const [touched, setTouched] = useState(false);
  const filter = readFilter(query);
  const isHeld = paused || touched;
  const refused = useSamples(true, filter, isHeld);
  const allowed = useSamples(false, filter, isHeld);
  const pointer = { onPointerEnter: () => setTouched(true), onPointerLeave: () => setTouched(false) };
  const focus = { onFocusIn: () => setTouched(true), onFocusOut: () => setTouched(false) };
  return (
    <>
      <PageHead title="Requests">
        Every decision as it happens. Open one to see what the browser and the gateway exchanged.
      </PageHead>
      <div class="requests-bar">
        <ReasonFilter filter={filter} />
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? "Resume" : "Pause"}
        </button>
        <p class="requests-state quiet small">
          <StateWords live={refused} waiting={refused.waiting + allowed.waiting} held={isHeld} />
        </p>
      </div>
      <QueryState error={refused.error} loaded={refused.loaded && allowed.loaded}>
        <div class="stack gap-4" {...pointer} {...focus}>
          {showsAllowedOnly(filter) ? null : (
            <Panel title="Refused" id="requests-refused">
              {refused.samples.length === 0 ? (
                <Empty title="Nothing was refused">
                  <p>
                    When the policy refuses a page, the request appears here, with the reason and who has to fix it.
                  </p>
                </Empty>
              ) : (
                <SampleTable samples={refused.samples} caption="Refused requests, newest first" />
              )}
            </Panel>
          )}
          {filter.reason !== undefined && !showsAllowedOnly(filter) ? null : (
            <Panel title="Allowed" id="requests-allowed">
              {allowed.samples.length === 0 ? (
                <Empty title="No allowed requests yet">
                  <p>Call the API from a page that the policy allows, or simulate it under “Try it”.</p>
                </Empty>
              ) : (
                <SampleTable samples={allowed.samples} caption="Allowed requests, newest first" />
              )}
            </Panel>
          )}
        </div>
      </QueryState>
    </>
  );
}

/** Does the filter show nothing that was refused? */
function showsAllowedOnly({ reason }: SampleFilter): boolean {
  return reason !== undefined && !isRefusal(reason);
}

function readFilter({ origin, reason, route }: Readonly<Record<string, string>>): SampleFilter {
  return {
    ...(origin ? { origin } : {}),
    ...(isReason(reason) ? { reason } : {}),
    ...(reason === "errors" ? { errors: true } : {}),
    ...(route ? { route } : {}),
  };
}

function ReasonFilter({ filter }: { readonly filter: SampleFilter }): JSX.Element {
  const { route } = useLocation();
  const choose = (reason: string): void => {
    const query = new URLSearchParams(location.search);
    if (reason === "") query.delete("reason");
    else query.set("reason", reason);
    route(query.size === 0 ? "/requests" : `/requests?${query}`, true);
  };
  return (
    <>
      <div>
        <label for="requests-reason">Decision</label>
        <select
          id="requests-reason"
          value={filter.errors === true ? "errors" : (filter.reason ?? "")}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">All decisions</option>
          {reasonNames.map((reason) => (
            <option key={reason} value={reason}>
              {reasonLabel(reason).label}
            </option>
          ))}
          <option value="errors">Answered with an error</option>
        </select>
      </div>
      {filter.origin === undefined && filter.route === undefined ? null : (
        <p class="requests-only small">
          Only {filter.origin ?? filter.route}. <a href="/requests">Show all</a>
        </p>
      )}
    </>
  );
}

interface StateWordsProps {
  readonly live: LiveSamples;
  readonly waiting: number;
  readonly held: boolean;
}

function StateWords({ live, waiting, held }: StateWordsProps): JSX.Element {
  if (live.state === "lost") {
    return (
      <>
        <StatusIcon tone="warn" /> Connection lost; reconnecting.
      </>
    );
  }
  if (!held) return <>New requests appear at the top of each list.</>;
  return <>Paused{waiting === 0 ? "" : `; ${waiting} new`}.</>;
}
