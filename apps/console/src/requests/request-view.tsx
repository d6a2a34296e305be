import "./requests.css";
import type { Sample } from "corsmith/api";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import { useGateways } from "../api/use-gateways.ts";
import { useQuery } from "../api/use-query.ts";
import { PageHead, Panel } from "../components/layout.tsx";
import { OriginText } from "../components/origin-text.tsx";
import { QueryState } from "../components/query-state.tsx";
import { ReasonMark } from "../components/status-icon.tsx";
import { engineWord } from "../format/engines.ts";
import { reasonWords } from "../format/reasons.ts";
import { absoluteTime } from "../format/times.ts";
import { type ProposedChange, proposalLink } from "../policy/proposal.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { judgeWords } from "../timeline/words.ts";
import { type ReplayedSample, replaySample } from "./sample-trace.ts";

/** One request: what was decided and why, and the whole conversation as a time line. */
export function RequestView(): JSX.Element {
  const { params } = useRoute();
  const sample = useQuery("GET /api/decisions/samples/{id}", { params: { id: params["id"] ?? "" } });
  return (
    <>
      <PageHead title={title(sample.data)} tab="Request">
        {sample.data === undefined ? "Reading the journal…" : reasonWords(sample.data.reason).sentence}
      </PageHead>
      <QueryState error={sample.error} loaded={sample.data !== undefined}>
        {sample.data === undefined ? null : <Whole sample={sample.data} />}
      </QueryState>
    </>
  );
}

function title(sample: Sample | undefined): string {
  return sample === undefined ? "Request" : `${sample.method} ${sample.path ?? "/"}`;
}

function Whole({ sample }: { readonly sample: Sample }): JSX.Element {
  const [own, ...others] = useGateways();
  const decider = own === undefined ? undefined : sample.gateway;
  const foreign = decider !== undefined && decider !== own?.name && others.length > 0;
  const remedy = remedyOf(sample);
  return (
    <div class="request-view">
      <section aria-label="The decision">
        <dl class="request-facts">
          <dt>Decision</dt>
          <dd>
            <ReasonMark reason={sample.reason} />
            {sample.refused.length === 0 ? null : <code> {sample.refused.join(", ")}</code>}
          </dd>
          <dt>Page</dt>
          <dd>
            {sample.origin === null ? (
              "no origin"
            ) : (
              <a href={`/origins/${encodeURIComponent(sample.origin)}`}>
                <OriginText origin={sample.origin} />
              </a>
            )}
          </dd>
          <dt>When</dt>
          <dd>{absoluteTime(sample.time)}</dd>
          <dt>Route</dt>
          <dd>
            <code>{sample.route}</code>
          </dd>
          {decider === undefined ? null : (
            <>
              <dt>Gateway</dt>
              <dd>
                <code>{decider}</code>
                {foreign ? null : <span class="quiet"> this console’s own</span>}
              </dd>
            </>
          )}
          <dt>Browser</dt>
          <dd>{engineWord(sample.engine)}</dd>
          <dt>Cookies or a token</dt>
          <dd>{sample.kind === "preflight" ? "A preflight never has any" : sample.credentials ? "Yes" : "No"}</dd>
        </dl>
        {remedy === undefined ? null : foreign ? (
          <p class="request-deed quiet small">
            <code>{decider}</code> has a policy of its own: propose a change in its console, not in this one.
          </p>
        ) : (
          <Deed change={remedy} />
        )}
      </section>
      <Conversation sample={sample} answeredBy={foreign ? own?.name : undefined} />
    </div>
  );
}

function Deed({ change }: { readonly change: ProposedChange }): JSX.Element {
  return (
    <p class="request-deed">
      <a class="button" href={proposalLink(change)}>
        Propose to {change.change === "allow-origin" ? "allow this origin" : `allow ${change.names.join(", ")}`}
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

interface ConversationProps {
  readonly sample: Sample;
  /** The gateway whose policy answers for what the journal has not kept, where it is not the one that decided. */
  readonly answeredBy: string | undefined;
}

function Conversation({ sample, answeredBy }: ConversationProps): JSX.Element {
  const inForce = useQuery("GET /api/policy");
  const [replayed, setReplayed] = useState<ReplayedSample | "none">();
  const policy = inForce.data;
  useEffect(() => {
    if (policy === undefined) return;
    replaySample(sample, policy).then((found) => setReplayed(found ?? "none"));
  }, [sample.id, policy?.load]);
  return (
    <Panel title="The conversation" id="request-conversation">
      <QueryState error={inForce.error} loaded={replayed !== undefined}>
        {replayed === "none" || replayed === undefined ? (
          <p>{noConversation(sample)}</p>
        ) : (
          <>
            {replayed.supplemented ? (
              <p class="quiet small">
                The journal kept the {sample.kind === "preflight" ? "preflight" : "request"}. The other half is answered
                here by the policy in force now
                {answeredBy === undefined
                  ? ""
                  : ` at ${answeredBy}, which need not be that of the gateway that decided`}
                .
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

function noConversation({ kind, origin, reason }: Sample): string {
  if (kind === "websocket") {
    return "A WebSocket. Browsers do not apply CORS to them, so the gateway itself refuses origins that are not allowed.";
  }
  if (reason === "malformed") return "No browser sends such a header, so there is no browser’s view of it.";
  return origin === null
    ? "Without an Origin there is no page, so a browser’s CORS has no part in it."
    : "There is nothing to draw.";
}
