import type { Address } from "../../config/address.ts";
import type { Configuration } from "../../config/configuration.ts";
import type { GatewayOptions } from "../../gateway/gateway.ts";

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
