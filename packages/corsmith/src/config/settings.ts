import { type Address, defaultHost, parseAddress } from "./address.ts";
import {
  type JournalChoice,
  type LogLevel,
  type Parsed,
  parseJournal,
  parseLogLevel,
  parseSeconds,
  parseSwitch,
  parseTrustProxy,
  parseUpstream,
  parseWorkers,
} from "./parse-settings.ts";
import { parseAdminToken, parseAdminTokenFile, type Secret } from "./secret.ts";

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

/** Where the value of a setting comes from, by the name that its user knows: `--listen`, `CORSMITH_LISTEN`, or a path in the file. */
export type SettingSource =
  | { readonly kind: "flag" | "environment" | "file"; readonly name: string }
  | { readonly kind: "default" };

/** A setting that flag, environment and file can each give; the first of them that does wins. */
export interface SettingDefinition<T> {
  readonly flag?: string;
  readonly variable?: string;
  /** Its key in the configuration file; a key of `limits` with that in front. */
  readonly key?: string;
  /** Must its value not be shown, not even if it is wrong? */
  readonly secret?: true;
  readonly parse: (input: unknown) => Parsed<T>;
}

/** A value with where it comes from. */
export interface Setting<T> {
  readonly value: T;
  readonly source: SettingSource;
}

/** The flags of `corsmith serve` that take part in the configuration, as they were typed. */
export interface Flags {
  readonly policy?: string;
  readonly mode?: string;
  readonly upstream?: string;
  readonly listen?: string;
  readonly admin?: string;
  readonly adminToken?: string;
  readonly adminTokenFile?: string;
  readonly workers?: string;
  readonly upstreamTimeout?: string;
  readonly trustProxy?: readonly string[];
  readonly changeHost?: boolean;
  readonly journal?: string;
  readonly logLevel?: string;
}
