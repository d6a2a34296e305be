import type { JSX } from "preact";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Sign } from "../parts/sign.tsx";
import { agrees, type Gateway, useGateways } from "../server/use-gateways.ts";

/** The gateways whose decisions are shown, where there are several. */
export function GatewayList(): JSX.Element | null {
  const gateways = useGateways();
  if (gateways.length === 0) return null;
  return (
    <Panel title="Gateways" id="now-gateways">
      <p class="quiet small">They share one journal: all figures here are of all of them.</p>
      <ul class="rows">
        {gateways.map((gateway) => (
          <li key={gateway.name}>
            <span>
              <code>{gateway.name}</code>
              {gateway.own ? <span class="quiet"> this console’s own</span> : null}
            </span>
            <State gateway={gateway} own={gateways[0]} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface StateProps {
  readonly gateway: Gateway;
  readonly own: Gateway | undefined;
}

function State({ gateway, own }: StateProps): JSX.Element {
  const { running, lastSeen } = gateway;
  if (agrees(gateway, own) === false)
    return (
      <span>
        <Sign standing="look" /> Running, with another policy
      </span>
    );
  return running ? (
    <span>
      <Sign standing="yes" /> {agrees(gateway, own) === true ? "Running, with the same policy" : "Running"}
    </span>
  ) : (
    <span>
      <Sign standing="look" /> Last heard of <RelativeTime time={lastSeen} />
    </span>
  );
}
