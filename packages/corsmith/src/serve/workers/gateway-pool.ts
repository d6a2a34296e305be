import type { Logger } from "pino";
import type { PolicySet } from "../../config/policy-set.ts";
import { startGateway } from "../../gateway/gateway.ts";
import type { DecisionRecorder } from "../../journal/counting/recorder.ts";
import { GatewayMeter } from "../../metrics/gateway-meter.ts";
import type { Measurements } from "../../metrics/measurements.ts";
import type { GatewaySettings } from "./gateway-settings.ts";

/** One gateway process or several that share a port, seen as one. */
export interface GatewayPool {
  /** Where it listens, with the real port; `undefined` if there is no gateway. */
  readonly url: URL | undefined;
  /** Is there a process that accepts requests? */
  ready(): boolean;
  /** How many processes accept requests. */
  processes(): number;
  /** What all of them have measured since the start, also those that have ended. */
  measured(): Promise<Measurements>;
  /** Enforces the policies of a load, everywhere. Rejects if a process could not take them over. */
  replacePolicies(policies: PolicySet, load: number): Promise<void>;
  /** Drains: no new connections, requests under way finish within the drain time. */
  close(): Promise<void>;
}

/** No gateway at all: decisions come from elsewhere. */
export const noGateway: GatewayPool = {
  url: undefined,
  ready: () => true,
  processes: () => 0,
  measured: async () => [],
  replacePolicies: async () => {},
  close: async () => {},
};

/** Starts one gateway in this process. Throws the system's error if the address cannot be had. */
export async function startSingleGateway(
  settings: GatewaySettings,
  policies: PolicySet,
  log: Logger,
  journal: DecisionRecorder | undefined,
): Promise<GatewayPool> {
  const meter = new GatewayMeter();
  const upstream = new URL(settings.upstream);
  const gateway = await startGateway({ ...settings, upstream, routes: policies.table, log, journal, meter });
  return {
    url: gateway.url,
    ready: () => !gateway.draining,
    processes: () => (gateway.draining ? 0 : 1),
    measured: async () => meter.measured(),
    replacePolicies: async ({ table }) => gateway.replaceRoutes(table),
    close: () => gateway.close(),
  };
}
