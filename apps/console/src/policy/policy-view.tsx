import type { PolicySource } from "corsmith/api";
import type { JSX } from "preact";
import { Empty } from "../parts/empty.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { QueryState } from "../parts/query-state.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { useGatewaysKnown } from "../server/use-gateways.ts";
import { useQuery } from "../server/use-query.ts";
import { ForYourStack } from "./for-your-stack.tsx";
import "./policy.css";
import { PolicyDesk } from "./policy-desk.tsx";
import { Versions } from "./versions.tsx";
import { WhosePolicy } from "./whose-policy.tsx";

/** The policy in force, the file that it stands in, what a change would do, and the versions to go back to. */
export function PolicyView(): JSX.Element {
  const inForce = useQuery("getPolicy");
  const source = useQuery("getPolicySource");
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
