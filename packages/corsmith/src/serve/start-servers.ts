import type { Logger } from "pino";
import { type AdminServer, type AdminSubject, startAdminServer } from "../admin/admin-server.ts";
import { type Address, formatAddress } from "../config/address.ts";
import type { ConfigFinding } from "../config/config-finding.ts";
import type { Configuration } from "../config/configuration.ts";
import type { LoadRequest } from "../config/load-configuration.ts";
import type { PolicySet } from "../config/policy-set.ts";
import { adminToken, type Setting } from "../config/settings.ts";
import type { OpenJournal } from "../journal/open-journal.ts";
import type { LogOptions } from "./log.ts";
import { type GatewayPool, noGateway, type PoolEvents, startSingleGateway } from "./workers/gateway-pool.ts";
import { gatewaySettings } from "./workers/gateway-settings.ts";
import { sendPolicies } from "./workers/sent-policies.ts";
import { startWorkerPool } from "./workers/worker-pool.ts";

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

/** The two addresses on which the command listens. */
export type Listener = "listen" | "admin";

/**
 * The system's refusal of an address as a finding that names who can change it; `undefined` if the error is about something else.
 */
function listenFinding(
  listener: Listener,
  setting: Setting<Address>,
  file: string | undefined,
  error: unknown,
): ConfigFinding | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code];
  if (reason === undefined) return undefined;
  const { value, source } = setting;
  const flag = `--${listener}`;
  return {
    code: reason.code,
    severity: "error",
    path: source.kind === "default" ? flag : source.name,
    value: formatAddress(value),
    message: `${reason.message(value)}${source.kind === "default" ? " It is the default." : ""}`,
    fix: reason.fix(value, flag),
    ...(source.kind === "file" && file !== undefined ? { file } : {}),
  };
}

interface Reason {
  readonly code: ConfigFinding["code"];
  message(address: Address): string;
  fix(address: Address, flag: string): string;
}

const reasons: Readonly<Record<string, Reason>> = {
  EADDRINUSE: {
    code: "address-in-use",
    message: ({ port }) => `Port ${port} is taken by another program.`,
    fix: (address, flag) =>
      `${flag} ${formatAddress({ ...address, port: address.port + 1 })}, or see who has it: ss -ltnp 'sport = :${address.port}'`,
  },
  EACCES: {
    code: "address-forbidden",
    message: ({ port }) => `This user may not listen on port ${port}; ports below 1024 are for the administrator.`,
    fix: (address, flag) => `${flag} ${formatAddress({ ...address, port: address.port + 8000 })}`,
  },
  EADDRNOTAVAIL: {
    code: "address-unknown",
    message: ({ host }) => `${host} is not an address of this machine.`,
    fix: ({ port }, flag) => `${flag} 127.0.0.1:${port} for this machine only, ${flag} 0.0.0.0:${port} for others too`,
  },
  ENOTFOUND: {
    code: "address-unknown",
    message: ({ host }) => `The name ${host} does not lead to an address.`,
    fix: ({ port }, flag) => `${flag} 127.0.0.1:${port}`,
  },
};
