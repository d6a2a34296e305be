import "./requests.css";
import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Empty, PageHead, Panel } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { Sign } from "../components/status-icon.tsx";
import { reasonWords } from "../format/reasons.ts";
import { SampleTable } from "./sample-table.tsx";
import { type LiveSamples, type SampleFilter, useSamples } from "./use-samples.ts";

const reasons: readonly Sample["reason"][] = [
  "origin-refused",
  "method-refused",
  "headers-refused",
  "origin-lookup-failed",
  "malformed",
  "allowed",
  "not-cross-origin",
];

/** The stream of decisions: what was refused first, then the rest. */
export function RequestsView(): JSX.Element {
  const { query } = useLocation();
  const [paused, setPaused] = useState(false);
  const [touched, setTouched] = useState(false);
  const filter = readFilter(query);
  const held = paused || touched;
  const refused = useSamples(true, filter, held);
  const passed = useSamples(false, filter, held);
  const hold = { onPointerEnter: () => setTouched(true), onPointerLeave: () => setTouched(false) };
  const focus = { onFocusIn: () => setTouched(true), onFocusOut: () => setTouched(false) };
  return (
    <>
      <PageHead title="Requests">
        Each decision as it happens. Open one to see what its browser and the gateway said to each other.
      </PageHead>
      <div class="requests-bar">
        <ReasonFilter filter={filter} />
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? "Go on" : "Hold the list"}
        </button>
        <p class="requests-state quiet small">
          <StateWords live={refused} waiting={refused.waiting + passed.waiting} held={held} />
        </p>
      </div>
      <QueryState error={refused.error} loaded={refused.loaded && passed.loaded}>
        <div class="requests" {...hold} {...focus}>
          {passes(filter) ? null : (
            <Panel title="Refused" id="requests-refused">
              {refused.samples.length === 0 ? (
                <Empty title="Nothing was refused">
                  <p>
                    As soon as the policy refuses a page, the request stands here, with the reason and who must act.
                  </p>
                </Empty>
              ) : (
                <SampleTable samples={refused.samples} caption="Requests that were refused, the newest first" />
              )}
            </Panel>
          )}
          {filter.reason !== undefined && !passes(filter) ? null : (
            <Panel title="Let through" id="requests-passed">
              {passed.samples.length === 0 ? (
                <Empty title="No request was let through yet">
                  <p>Call the API from a page that the policy allows, or play it through under “Try it”.</p>
                </Empty>
              ) : (
                <SampleTable samples={passed.samples} caption="Requests that were let through, the newest first" />
              )}
            </Panel>
          )}
        </div>
      </QueryState>
    </>
  );
}

/** Is it only asked for what is let through? */
function passes({ reason }: SampleFilter): boolean {
  return reason === "allowed" || reason === "not-cross-origin";
}

function readFilter({ origin, route, ...query }: Readonly<Record<string, string>>): SampleFilter {
  const reason = reasons.find((each) => each === query["reason"]);
  return {
    ...(origin ? { origin } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(query["reason"] === "errors" ? { errors: true } : {}),
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
          <option value="">Every decision</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {reasonWords(reason).word}
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
        <Sign standing="look" /> The connection is lost; trying again.
      </>
    );
  }
  if (!held) return <>New ones come in at the top.</>;
  return <>Held while you look{waiting === 0 ? "" : `; ${waiting} more since`}.</>;
}
