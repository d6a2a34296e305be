import type { Logger } from "pino";
import { type AdminServer, type AdminSubject, startAdminServer } from "../../admin/admin-server.ts";
import { adminToken } from "../../config/check-settings.ts";
import type { ConfigFinding } from "../../config/config-finding.ts";
import type { Configuration } from "../../config/configuration.ts";
import type { LoadRequest } from "../../config/load-configuration.ts";
import type { Address } from "../../config/parse-address.ts";
import type { PolicySet } from "../../config/policy-set.ts";
import type { Setting } from "../../config/setting.ts";
import type { OpenJournal } from "../../journal/open-journal.ts";
import { type GatewayPool, noGateway, type PoolEvents } from "./gateway-pool.ts";
import { gatewaySettings } from "./gateway-settings.ts";
import { listenFinding } from "./listen-finding.ts";
import type { LogOptions } from "./log.ts";
import { sendPolicies } from "./sent-policies.ts";
import { startSingleGateway } from "./single-gateway.ts";
import { startWorkerPool } from "./worker-pool.ts";

/** What the two servers are started with. */
export interface ServersOptions {
  readonly configuration: Configuration;
  /** What the gateway enforces; `undefined` without a gateway. */
  readonly enforced: { readonly policies: PolicySet; readonly upstream: URL } | undefined;
  readonly request: LoadRequest;
  readonly log: Logger;
  readonly logOptions: LogOptions;
  readonly subject: AdminSubject;
  readonly events: PoolEvents;
  /** Where decisions are kept, if they are. */
  readonly journal: OpenJournal | undefined;
  /** Let the system pick the ports that nobody named. */
  readonly anyPort: boolean;
}

/** The two servers, or why they could not be started. */
export type StartedServers =
  | { readonly ok: true; readonly pool: GatewayPool; readonly admin: AdminServer }
  | { readonly ok: false; readonly findings: readonly ConfigFinding[] };

/**
 * Starts the gateway and the admin server, both or none. Both are tried before anything is said, so that somebody with two taken ports
 * learns of both.
 */
export async function startServers(options: ServersOptions): Promise<StartedServers> {
  const { configuration, subject } = options;
  const { settings } = configuration;
  const [admin, pool] = await Promise.allSettled([
    startAdminServer({ ...addressOf(settings.admin, options), token: adminToken(settings) }, subject),
    startPool(options),
  ]);
  if (admin.status === "fulfilled" && pool.status === "fulfilled")
    return { ok: true, admin: admin.value, pool: pool.value };
  if (admin.status === "fulfilled") await admin.value.close();
  if (pool.status === "fulfilled") await pool.value.close();
  const findings: ConfigFinding[] = [];
  if (pool.status === "rejected") findings.push(explained("listen", pool.reason, configuration));
  if (admin.status === "rejected") findings.push(explained("admin", admin.reason, configuration));
  return { ok: false, findings };
}

async function startPool(options: ServersOptions): Promise<GatewayPool> {
  const { configuration, enforced, request, log, logOptions, events, journal } = options;
  if (enforced === undefined) return noGateway;
  const { policies, upstream } = enforced;
  const settings = gatewaySettings(configuration, upstream, addressOf(configuration.settings.listen, options));
  const count = configuration.settings.workers.value;
  if (count === 1) return await startSingleGateway(settings, policies, log, journal);
  const send = (set: PolicySet, load: number) => sendPolicies(set, load, request);
  return await startWorkerPool({ count, settings, log, logOptions, send, events, journal }, policies, 1);
}

function addressOf({ value, source }: Setting<Address>, { anyPort }: ServersOptions): Address {
  return anyPort && source.kind === "default" ? { ...value, port: 0 } : value;
}

/** An error that is not about the address is a fault of ours: it goes on. */
function explained(listener: "listen" | "admin", error: unknown, { settings, file }: Configuration): ConfigFinding {
  const finding = listenFinding(listener, settings[listener], file, error);
  if (finding === undefined) throw error;
  return finding;
}
