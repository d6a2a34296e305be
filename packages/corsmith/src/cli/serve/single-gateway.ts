import type { Logger } from "pino";
import type { PolicySet } from "../../config/policy-set.ts";
import { startGateway } from "../../gateway/gateway.ts";
import type { DecisionRecorder } from "../../journal/journal.ts";
import type { GatewayPool } from "./gateway-pool.ts";
import { type GatewaySettings, gatewayOptions } from "./gateway-settings.ts";

/** Starts one gateway in this process. Throws the system's error if the address cannot be had. */
export async function startSingleGateway(
  settings: GatewaySettings,
  policies: PolicySet,
  log: Logger,
  journal: DecisionRecorder | undefined,
): Promise<GatewayPool> {
  const gateway = await startGateway(gatewayOptions(settings, policies, log, journal));
  return {
    url: gateway.url,
    ready: () => !gateway.draining,
    replacePolicies: async ({ table }) => gateway.replaceRoutes(table),
    close: () => gateway.close(),
  };
}
