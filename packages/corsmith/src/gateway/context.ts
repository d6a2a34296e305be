import type { RouteTable } from "@corsmith/cors/routes";
import type { DecisionRecorder } from "../journal/journal.ts";
import type { GatewayMeter } from "../metrics/gateway-meter.ts";
import type { ClientConnections } from "./inbound/connections.ts";
import type { TrustedPeers } from "./inbound/hop.ts";
import type { GatewayLimits } from "./inbound/limits.ts";
import type { DecisionLog } from "./record/decision-log.ts";
import type { Upstream } from "./upstream/client.ts";

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
