import type { DecisionRecorder } from "../journal/journal.ts";
import type { GatewayMeter } from "../metrics/gateway-meter.ts";
import type { ClientConnections } from "./client-connections.ts";
import type { DecisionLog } from "./decision-log.ts";
import type { GatewayLimits } from "./gateway-limits.ts";
import type { RouteTable } from "./route-table.ts";
import type { TrustedPeers } from "./trusted-peers.ts";
import type { Upstream } from "./upstream.ts";

/** What all requests of one gateway share. */
export interface GatewayContext {
  readonly upstream: Upstream;
  readonly limits: GatewayLimits;
  readonly trusted: TrustedPeers;
  readonly changeHost: boolean;
  readonly decisions: DecisionLog;
  /** Where decisions are kept, if they are. */
  readonly journal: DecisionRecorder | undefined;
  /** Where every request is measured, if it is. */
  readonly meter: GatewayMeter | undefined;
  readonly connections: ClientConnections;
  /** Replaced as a whole. A request takes it once, when it arrives. */
  routes: RouteTable;
  /** Is the listener closed, so that every connection ends with its next answer? */
  draining: boolean;
}
