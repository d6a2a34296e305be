import type { Logger } from "pino";
import type { Address } from "../../config/address.ts";
import type { Configuration } from "../../config/configuration.ts";
import type { PolicySet } from "../../config/policy-set.ts";
import { type GatewayOptions, startGateway } from "../../gateway/gateway.ts";
import type { DecisionRecorder } from "../../journal/counting/recorder.ts";
import { GatewayMeter } from "../../metrics/gateway-meter.ts";
import type { Measurements } from "../../metrics/measurements.ts";

/** What a gateway needs beside its policies, as plain data that can be sent to another process. */
export interface GatewaySettings
  extends Required<Pick<GatewayOptions, "trustProxy" | "changeHost" | "upstreamTimeoutSeconds" | "limits">> {
  readonly upstream: string;
  readonly listen: Address;
}

/** Takes them out of a configuration. The upstream may be the demo's, which no configuration names. */
export function gatewaySettings({ settings, limits }: Configuration, upstream: URL, listen: Address): GatewaySettings {
  return {
    upstream: upstream.href,
    listen,
    trustProxy: settings.trustProxy.value,
    changeHost: settings.changeHost.value,
    upstreamTimeoutSeconds: settings.upstreamTimeout.value,
    limits,
  };
}

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
