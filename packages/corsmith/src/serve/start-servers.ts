import { type AdminHandlers, type AdminServer, startAdminServer } from "../admin/admin-server.ts";
import { type Address, formatAddress } from "../config/address.ts";
import { type ConfigFinding, configError } from "../config/config-finding.ts";
import type { Configuration } from "../config/configuration.ts";
import type { LoadRequest } from "../config/load-configuration.ts";
import type { PolicySet } from "../config/policy-set.ts";
import { adminToken, shownSetting } from "../config/settings.ts";
import type { Journal } from "../journal/open-journal.ts";
import { type GatewayPool, gatewaySettings, noGateway, startSingleGateway } from "./workers/gateway-pool.ts";
import { sendPolicies } from "./workers/sent-policies.ts";
import { freePort, startWorkerPool, type WorkerPoolOptions } from "./workers/worker-pool.ts";

export interface ServersOptions extends Pick<WorkerPoolOptions, "log" | "logOptions" | "onFailure"> {
  readonly configuration: Configuration;
  /** What the gateway enforces; `undefined` without a gateway. */
  readonly enforced: { readonly policies: PolicySet; readonly upstream: URL } | undefined;
  readonly request: LoadRequest;
  /** Where decisions are kept, if they are. */
  readonly journal: Journal | undefined;
  /** Let the system pick the ports that are left to their defaults. */
  readonly anyPort: boolean;
}

/** A server, or why it could not be started. */
export type Started<Server> =
  | { readonly ok: true; readonly started: Server }
  | { readonly ok: false; readonly findings: readonly ConfigFinding[] };

/** Starts the gateway. If its port is taken, the admin server's is tried too: who has two taken ports learns of both. */
export async function startPool(options: ServersOptions): Promise<Started<GatewayPool>> {
  try {
    return { ok: true, started: await openPool(options) };
  } catch (error) {
    const findings = [listenFinding("listen", options.configuration, error)];
    const admin = addressOf("admin", options);
    const other = await freePort(admin).catch((fault: unknown) => [
      listenFinding("admin", options.configuration, fault),
    ]);
    return { ok: false, findings: typeof other === "number" ? findings : [...findings, ...other] };
  }
}

export async function startAdmin(options: ServersOptions, subject: AdminHandlers): Promise<Started<AdminServer>> {
  const token = adminToken(options.configuration.settings);
  try {
    return { ok: true, started: await startAdminServer({ ...addressOf("admin", options), token }, subject) };
  } catch (error) {
    return { ok: false, findings: [listenFinding("admin", options.configuration, error)] };
  }
}

async function openPool(options: ServersOptions): Promise<GatewayPool> {
  const { configuration, enforced, request, log, logOptions, onFailure, journal } = options;
  if (enforced === undefined) return noGateway;
  const { policies, upstream } = enforced;
  const settings = gatewaySettings(configuration, upstream, addressOf("listen", options));
  const count = configuration.settings.workers.value;
  if (count === 1) return await startSingleGateway(settings, policies, log, journal);
  const send = (set: PolicySet, load: number) => sendPolicies(set, load, request);
  return await startWorkerPool({ count, settings, log, logOptions, send, onFailure, journal }, policies, 1);
}

function addressOf(listener: "listen" | "admin", { configuration, anyPort }: ServersOptions): Address {
  const { value, source } = configuration.settings[listener];
  return anyPort && source.kind === "default" ? { ...value, port: 0 } : value;
}

/** The system's refusal of an address as a finding that names who can change it. Throws any other error: that is a bug of ours. */
function listenFinding(listener: "listen" | "admin", configuration: Configuration, error: unknown): ConfigFinding {
  const reason = reasons[error instanceof Error && "code" in error ? String(error.code) : ""];
  if (reason === undefined) throw error;
  const { value, source } = configuration.settings[listener];
  const message = reason.message(value) + (source.kind === "default" ? " It is the default." : "");
  return settingError(configuration, listener, reason.code, message, reason.fix(value, `--${listener}`));
}

/** What a setting turned out to be wrong with when it was used, at the place that gives it. */
export function settingError(
  { settings, file }: Configuration,
  name: "listen" | "admin" | "journal",
  code: ConfigFinding["code"],
  message: string,
  fix: string,
): ConfigFinding {
  const { value, source } = settings[name];
  const path = source.kind === "default" ? `--${name}` : source.name;
  const finding = configError(code, path, shownSetting(value), message, fix);
  return source.kind === "file" && file !== undefined ? { ...finding, file } : finding;
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
