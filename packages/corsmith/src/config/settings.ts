import { type Address, defaultHost, parseAddress } from "./parse-address.ts";
import { parseAdminToken, parseAdminTokenFile } from "./parse-admin-token.ts";
import { type JournalChoice, parseJournal } from "./parse-journal.ts";
import { type LogLevel, parseLogLevel } from "./parse-log-level.ts";
import { parseSeconds, parseWorkers } from "./parse-number.ts";
import { parseSwitch } from "./parse-switch.ts";
import { parseTrustProxy } from "./parse-trust-proxy.ts";
import { parseUpstream } from "./parse-upstream.ts";
import type { Secret } from "./secret.ts";
import type { Setting, SettingDefinition } from "./setting.ts";

/** Everything about the gateway but its policies. */
export interface SettingValues {
  readonly upstream: URL | undefined;
  readonly listen: Address;
  readonly admin: Address;
  readonly adminToken: Secret | undefined;
  readonly adminTokenFile: Secret | undefined;
  readonly workers: number;
  readonly upstreamTimeout: number | undefined;
  readonly trustProxy: readonly string[];
  readonly changeHost: boolean;
  readonly journal: JournalChoice;
  readonly logLevel: LogLevel;
}

/** Each setting with where its value comes from. */
export type Settings = { readonly [Name in keyof SettingValues]: Setting<SettingValues[Name]> };

type Definitions = {
  readonly [Name in keyof SettingValues]: SettingDefinition<Exclude<SettingValues[Name], undefined>>;
};

/** The names by which each setting can be given, and how its text is read. */
export const settingDefinitions: Definitions = {
  upstream: { flag: "--upstream", variable: "CORSMITH_UPSTREAM", key: "upstream", parse: parseUpstream },
  listen: { flag: "--listen", variable: "CORSMITH_LISTEN", key: "listen", parse: parseAddress },
  admin: { flag: "--admin", variable: "CORSMITH_ADMIN", key: "admin", parse: parseAddress },
  adminToken: { flag: "--admin-token", variable: "CORSMITH_ADMIN_TOKEN", secret: true, parse: parseAdminToken },
  adminTokenFile: {
    flag: "--admin-token-file",
    variable: "CORSMITH_ADMIN_TOKEN_FILE",
    parse: parseAdminTokenFile,
  },
  workers: { flag: "--workers", variable: "CORSMITH_WORKERS", key: "workers", parse: parseWorkers },
  upstreamTimeout: {
    flag: "--upstream-timeout",
    variable: "CORSMITH_UPSTREAM_TIMEOUT",
    key: "upstreamTimeout",
    parse: parseSeconds,
  },
  trustProxy: { flag: "--trust-proxy", variable: "CORSMITH_TRUST_PROXY", key: "trustProxy", parse: parseTrustProxy },
  changeHost: { flag: "--change-host", variable: "CORSMITH_CHANGE_HOST", key: "changeHost", parse: parseSwitch },
  journal: { flag: "--journal", variable: "CORSMITH_JOURNAL", key: "journal", parse: parseJournal },
  logLevel: { flag: "--log-level", variable: "CORSMITH_LOG_LEVEL", parse: parseLogLevel },
};

/** What holds where nothing was said. */
export const settingDefaults: SettingValues = {
  upstream: undefined,
  listen: { host: defaultHost, port: 8080 },
  admin: { host: defaultHost, port: 9090 },
  adminToken: undefined,
  adminTokenFile: undefined,
  workers: 1,
  upstreamTimeout: undefined,
  trustProxy: [],
  changeHost: false,
  journal: { kind: "memory" },
  logLevel: "info",
};
