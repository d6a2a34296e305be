import type { Logger } from "pino";
import type { PolicySet } from "../../config/policy-set.ts";
import { startGateway } from "../../gateway/gateway.ts";
import type { DecisionRecorder } from "../../journal/journal.ts";
import { GatewayMeter } from "../../metrics/gateway-meter.ts";
import type { GatewayPool } from "./gateway-pool.ts";
import { type GatewaySettings, gatewayOptions } from "./gateway-settings.ts";

/** Starts one gateway in this process. Throws the system's error if the address cannot be had. */
export async function startSingleGateway(
  settings: GatewaySettings,
  policies: PolicySet,
  log: Logger,
  journal: DecisionRecorder | undefined,
): Promise<GatewayPool> {
  const meter = new GatewayMeter();
  const gateway = await startGateway(gatewayOptions(settings, policies, log, { journal, meter }));
  return {
    url: gateway.url,
    ready: () => !gateway.draining,
    processes: () => (gateway.draining ? 0 : 1),
    measured: async () => meter.measured(),
    replacePolicies: async ({ table }) => gateway.replaceRoutes(table),
    close: () => gateway.close(),
  };
}
