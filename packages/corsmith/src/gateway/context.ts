import type { RouteTable } from "@corsmith/cors/routes";
import type { ClientConnections } from "./inbound/connections.ts";
import type { ReadingTerms } from "./inbound/read-request.ts";
import type { DecisionLog } from "./record/decision-log.ts";
import type { DecisionSubscribers } from "./record/record-decision.ts";
import type { Upstream } from "./upstream/client.ts";

/** What all requests of one gateway share. Only what conducts a request has it whole; everything below takes its own part. */
export interface GatewayContext extends ReadingTerms, DecisionSubscribers {
  readonly decisions: DecisionLog;
  readonly upstream: Upstream;
  readonly connections: ClientConnections;
  /** Replaced as a whole. A request takes it once, when it arrives. */
  routes: RouteTable;
  /** Is the listener closed, so that every connection ends with its next answer? */
  draining: boolean;
}
