import type { Logger } from "pino";
import type { Address } from "../../config/address.ts";
import type { Configuration } from "../../config/configuration.ts";
import type { PolicySet } from "../../config/policy-set.ts";
import type { GatewayOptions } from "../../gateway/gateway.ts";
import type { GatewayLimits } from "../../gateway/inbound/limits.ts";
import type { DecisionRecorder } from "../../journal/journal.ts";
import type { GatewayMeter } from "../../metrics/gateway-meter.ts";

/** What a gateway needs beside its policies, as plain data that can be sent to another process. */
export interface GatewaySettings {
  readonly upstream: string;
  readonly listen: Address;
  readonly trustProxy: readonly string[];
  readonly changeHost: boolean;
  readonly upstreamTimeout?: number;
  readonly limits: Partial<GatewayLimits>;
}

/** Takes them out of a configuration. The upstream may be the demo's, which no configuration names. */
export function gatewaySettings({ settings, limits }: Configuration, upstream: URL, listen: Address): GatewaySettings {
  const timeout = settings.upstreamTimeout.value;
  return {
    upstream: upstream.href,
    listen,
    trustProxy: settings.trustProxy.value,
    changeHost: settings.changeHost.value,
    ...(timeout === undefined ? {} : { upstreamTimeout: timeout }),
    limits,
  };
}

/** Who is told of what a gateway does. */
export interface GatewayWatchers {
  readonly journal: DecisionRecorder | undefined;
  readonly meter: GatewayMeter;
}

/** The same in the gateway's own words. */
export function gatewayOptions(
  settings: GatewaySettings,
  policies: PolicySet,
  log: Logger,
  watchers: GatewayWatchers,
): GatewayOptions {
  return {
    upstream: new URL(settings.upstream),
    listen: settings.listen,
    routes: policies.table,
    log,
    ...watchers,
    trustProxy: settings.trustProxy,
    changeHost: settings.changeHost,
    ...(settings.upstreamTimeout === undefined ? {} : { upstreamTimeoutSeconds: settings.upstreamTimeout }),
    limits: settings.limits,
  };
}
