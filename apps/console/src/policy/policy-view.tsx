import "./policy.css";
import type { PolicySource } from "corsmith/api";
import type { JSX } from "preact";
import { agrees, type Gateway, useGateways, useGatewaysKnown } from "../api/use-gateways.ts";
import { useQuery } from "../api/use-query.ts";
import { Empty, PageHead } from "../components/layout.tsx";
import { QueryState } from "../components/query-state.tsx";
import { RelativeTime } from "../components/relative-time.tsx";
import { ForYourStack } from "./for-your-stack.tsx";
import { PolicyDesk } from "./policy-editor-panel.tsx";
import { Versions } from "./versions.tsx";

/** The policy in force, the file that it stands in, what a change would do, and the versions to go back to. */
export function PolicyView(): JSX.Element {
  const inForce = useQuery("GET /api/policy");
  const source = useQuery("GET /api/policy/source");
  const gateways = useGatewaysKnown();
  const { data } = inForce;
  // Drawn at once, when all of it is there: what comes later would push down what is being read.
  const loaded = data !== undefined && source.data !== undefined && gateways;
  const error = inForce.error ?? source.error;
  return (
    <>
      <PageHead title="Policy">
        {loaded ? (
          <InForce load={data.load} since={data.since} source={source.data} />
        ) : error === null ? (
          "Reading the policy…"
        ) : (
          "The policy could not be read."
        )}
      </PageHead>
      <QueryState error={error} loaded={loaded}>
        {!loaded ? null : data.policy === undefined && !data.routes?.length ? (
          <Empty title="No policy is in force here">
            <p>
              This console watches servers that have policies of their own. Start it with <code>--policy FILE</code>,
              and it shows that policy, tries it, and says what a change would do.
            </p>
          </Empty>
        ) : (
          <div class="policy-page">
            <WhosePolicy />
            <PolicyDesk key={source.data.base} source={source.data} />
            <Versions base={source.data.base} editable={source.data.editable} />
            <ForYourStack inForce={data} />
          </div>
        )}
      </QueryState>
    </>
  );
}

interface InForceProps {
  readonly load: number;
  readonly since: string | undefined;
  readonly source: PolicySource;
}

function InForce({ load, since, source }: InForceProps): JSX.Element {
  return (
    <>
      {source.file === null ? "Not from a file" : <code>{source.file}</code>}
      {source.mode === null ? "" : `, as in ${source.mode}`}, load {load}
      {since === undefined ? (
        ""
      ) : (
        <>
          , in force since <RelativeTime time={Date.parse(since)} />
        </>
      )}
      .
    </>
  );
}

/** Whose policy this is, where several gateways share a journal: each has a policy of its own, and they may differ. */
export function WhosePolicy(): JSX.Element | null {
  const [own, ...others] = useGateways();
  if (own === undefined) return null;
  const standing = (agreeing: boolean | undefined) => others.filter((gateway) => agrees(gateway, own) === agreeing);
  return (
    <p class="policy-note policy-whose">
      This is the policy of the gateway <code>{own.name}</code>, and a change is put in force there alone.
      <Named gateways={standing(true)} before="The same policy is in force at" />
      <Named gateways={standing(false)} before="Another policy is in force at" />
      <Named gateways={standing(undefined)} before="It is not known what is in force at" />
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
