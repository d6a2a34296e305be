import "./requests.css";
import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import { useGateways } from "../api/use-gateways.ts";
import { useQuery } from "../api/use-query.ts";
import { Fact, PageHead, Panel } from "../components/layout.tsx";
import { OriginLink } from "../components/origin-text.tsx";
import { QueryState } from "../components/query-state.tsx";
import { ReasonMark } from "../components/status-icon.tsx";
import { engineLabel, reasonLabel } from "../format/labels.ts";
import { absoluteTime } from "../format/times.ts";
import { type ProposedChange, proposalLink } from "../policy/proposal.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { judgeWords } from "../timeline/words.ts";
import { type ReplayedSample, replaySample } from "./sample-trace.ts";

/** One request: what was decided and why, and the whole exchange as a timeline. */
export function RequestView(): JSX.Element {
  const { params } = useRoute();
  const sample = useQuery("GET /api/decisions/samples/{id}", { params: { id: params["id"] ?? "" } });
  return (
    <>
      <PageHead title={title(sample.data)} tab="Request">
        {sample.data === undefined ? "Loading…" : reasonLabel(sample.data.reason).meaning}
      </PageHead>
      <QueryState error={sample.error} loaded={sample.data !== undefined}>
        {sample.data === undefined ? null : <Details sample={sample.data} />}
      </QueryState>
    </>
  );
}

function title(sample: Sample | undefined): string {
  return sample === undefined ? "Request" : `${sample.method} ${sample.path ?? "/"}`;
}

function Details({ sample }: { readonly sample: Sample }): JSX.Element {
  const [own, ...others] = useGateways();
  const decider = own === undefined ? undefined : sample.gateway;
  const foreign = decider !== undefined && decider !== own?.name && others.length > 0;
  const remedy = remedyOf(sample);
  return (
    <div class="stack gap-4">
      <section class="stack" aria-label="The decision">
        <dl class="request-facts facts stack">
          <Fact name="Decision">
            <ReasonMark reason={sample.reason} />
            {sample.refused.length === 0 ? null : <code> {sample.refused.join(", ")}</code>}
          </Fact>
          <Fact name="Page">{sample.origin === null ? "no origin" : <OriginLink origin={sample.origin} />}</Fact>
          <Fact name="When">{absoluteTime(sample.time)}</Fact>
          <Fact name="Route">
            <code>{sample.route}</code>
          </Fact>
          {decider === undefined ? null : (
            <Fact name="Gateway">
              <code>{decider}</code>
              {foreign ? null : <span class="quiet"> this one</span>}
            </Fact>
          )}
          <Fact name="Browser">{engineLabel(sample.engine)}</Fact>
          <Fact name="Credentials">
            {sample.kind === "preflight" ? "Never on a preflight" : sample.credentials ? "Yes" : "No"}
          </Fact>
        </dl>
        {remedy === undefined ? null : foreign ? (
          <p class="quiet small">
            <code>{decider}</code> has its own policy: propose the change in its console.
          </p>
        ) : (
          <Propose change={remedy} />
        )}
      </section>
      <Exchange sample={sample} answeredBy={foreign ? own?.name : undefined} />
    </div>
  );
}

function Propose({ change }: { readonly change: ProposedChange }): JSX.Element {
  return (
    <p>
      <a class="button" href={proposalLink(change)}>
        Draft a policy change: allow {change.change === "allow-origin" ? "this origin" : change.names.join(", ")}
      </a>
    </p>
  );
}

/** What would have to be in the policy for this request to pass; nothing, if no policy can be the reason. */
function remedyOf({ reason, origin, method, refused, route }: Sample): ProposedChange | undefined {
  if (reason === "origin-refused" && origin !== null) return { change: "allow-origin", names: [origin], route };
  if (reason === "method-refused") return { change: "allow-method", names: [method], route };
  return reason === "headers-refused" ? { change: "allow-headers", names: refused, route } : undefined;
}

interface ExchangeProps {
  readonly sample: Sample;
  /** The gateway whose policy answers for what the journal did not keep, where it is not the one that decided. */
  readonly answeredBy: string | undefined;
}

function Exchange({ sample, answeredBy }: ExchangeProps): JSX.Element {
  const active = useQuery("GET /api/policy");
  const [replayed, setReplayed] = useState<ReplayedSample | "none">();
  const policy = active.data;
  useEffect(() => {
    if (policy === undefined) return;
    replaySample(sample, policy).then((found) => setReplayed(found ?? "none"));
  }, [sample.id, policy?.load]);
  return (
    <Panel title="The exchange" id="request-exchange">
      <QueryState error={active.error} loaded={replayed !== undefined}>
        {replayed === "none" || replayed === undefined ? (
          <p>{noExchange(sample)}</p>
        ) : (
          <>
            {replayed.supplemented ? (
              <p class="quiet small">
                The journal kept only the {sample.kind === "preflight" ? "preflight" : "request"}. The other half is
                answered here by the active policy
                {answeredBy === undefined ? "" : ` of ${answeredBy}, which may differ from the one that decided`}.
              </p>
            ) : null}
            <Timeline
              trace={replayed.trace}
              page={sample.origin ?? ""}
              url={replayed.url}
              judge={judgeWords(replayed.engine)}
            />
          </>
        )}
      </QueryState>
    </Panel>
  );
}

function noExchange({ kind, origin, reason }: Sample): string {
  if (kind === "websocket") {
    return "A WebSocket. Browsers do not apply CORS to WebSockets, so the gateway itself refuses origins that are not allowed.";
  }
  if (reason === "malformed") return "No browser sends such a header, so there is no browser’s view to show.";
  return origin === null
    ? "There was no Origin header, so CORS in a browser plays no part."
    : "There is nothing to show.";
}
