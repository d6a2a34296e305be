import "./policy.css";
import type { PolicySource } from "corsmith/api";
import type { JSX } from "preact";
import { type Gateway, isSamePolicy, useGateways, useGatewaysKnown } from "../api/use-gateways.ts";
import { useQuery } from "../api/use-query.ts";
import { Empty, PageHead } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { ForYourStack } from "./for-your-stack.tsx";
import { PolicyEditorPanel } from "./policy-editor-panel.tsx";
import { Versions } from "./versions.tsx";

/** The active policy, the file that it is written in, what a change would do, and the versions to roll back to. */
export function PolicyView(): JSX.Element {
  const active = useQuery("GET /api/policy");
  const source = useQuery("GET /api/policy/source");
  const gateways = useGatewaysKnown();
  const { data } = active;
  // Shown at once, when all of it is there: a part that comes later would push down what is being read.
  const loaded = data !== undefined && source.data !== undefined && gateways;
  const error = active.error ?? source.error;
  return (
    <>
      <PageHead title="Policy">
        {loaded ? (
          <Source load={data.load} since={data.since} source={source.data} />
        ) : error === null ? (
          "Loading…"
        ) : (
          "The policy could not be read."
        )}
      </PageHead>
      <QueryState error={error} loaded={loaded}>
        {!loaded ? null : data.policy === undefined && !data.routes?.length ? (
          <Empty title="No policy is active here">
            <p>
              This console watches servers that have policies of their own. Start it with <code>--policy FILE</code> to
              show a policy, try it, and see what a change would do.
            </p>
          </Empty>
        ) : (
          <div class="policy-page stack">
            <WhosePolicy />
            <PolicyEditorPanel key={source.data.base} source={source.data} />
            <Versions base={source.data.base} editable={source.data.editable} />
            <ForYourStack active={data} />
          </div>
        )}
      </QueryState>
    </>
  );
}

interface SourceProps {
  readonly load: number;
  readonly since: string | undefined;
  readonly source: PolicySource;
}

function Source({ load, since, source }: SourceProps): JSX.Element {
  return (
    <>
      {source.file === null ? "Not from a file" : <code>{source.file}</code>}
      {source.mode === null ? "" : `, mode ${source.mode}`}, load {load}
      {since === undefined ? (
        ""
      ) : (
        <>
          , applied <RelativeTime time={Date.parse(since)} />
        </>
      )}
      .
    </>
  );
}

/** Whose policy this is, where several gateways share a journal: each has its own policy, and they may differ. */
function WhosePolicy(): JSX.Element | null {
  const [own, ...others] = useGateways();
  if (own === undefined) return null;
  const which = (same: boolean | undefined) => others.filter((gateway) => isSamePolicy(gateway, own) === same);
  return (
    <p class="notice notice-plain">
      This is the policy of the gateway <code>{own.name}</code>; a change applies to that gateway only.
      <Named gateways={which(true)} before="The same policy is active on" />
      <Named gateways={which(false)} before="A different policy is active on" />
      <Named gateways={which(undefined)} before="The policy is unknown for" />
    </p>
  );
}

interface NamedProps {
  readonly gateways: readonly Gateway[];
  readonly before: string;
}

function Named({ gateways, before }: NamedProps): JSX.Element | null {
  if (gateways.length === 0) return null;
  return (
    <>
      {` ${before} `}
      {gateways.map(({ name }, place) => (
        <span key={name}>
          {place === 0 ? "" : ", "}
          <code>{name}</code>
        </span>
      ))}
      .
    </>
  );
}
