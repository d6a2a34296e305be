import { formatAddress, parseAddress } from "./address.ts";
import {
  logLevels,
  type Parsed,
  parseJournal,
  parseLogLevel,
  parseSeconds,
  parseSwitch,
  parseTrustProxy,
  parseUpstream,
  parseWorkers,
  shownJournal,
} from "./parse-settings.ts";
import { parseAdminToken, parseAdminTokenFile, Secret } from "./secret.ts";

/** A flag as help and guide show it. */
export interface FlagDefinition {
  /** With what it takes: `--listen <host:port>`. */
  readonly flag: string;
  readonly variable: string;
  readonly help: string;
  /** What holds where nothing was given, as it would be typed. */
  readonly default?: string;
}

/** A setting that flag, environment and file can each give; the first of them that does wins. */
export interface SettingDefinition<T> extends FlagDefinition {
  /** Its key in the configuration file; absent where the file cannot give it. */
  readonly key?: string;
  /** Must its value not be shown, not even if it is wrong? */
  readonly secret?: true;
  /** @param name of the flag, variable or key that gives it */
  readonly parse: (input: unknown, name: string) => Parsed<T>;
}

/** Every setting. Flags, variables, keys, help and the guide's table all come from here. */
export const settingTable = {
  upstream: {
    flag: "--upstream <url>",
    variable: "CORSMITH_UPSTREAM",
    key: "upstream",
    help: "base URL of the API, without a path: http://127.0.0.1:8000",
    parse: parseUpstream,
  },
  listen: {
    flag: "--listen <host:port>",
    variable: "CORSMITH_LISTEN",
    key: "listen",
    help: "address that serves the API",
    default: "127.0.0.1:8080",
    parse: parseAddress,
  },
  admin: {
    flag: "--admin <host:port>",
    variable: "CORSMITH_ADMIN",
    key: "admin",
    help: "address that serves the web console with its API, /metrics and /healthz",
    default: "127.0.0.1:9090",
    parse: parseAddress,
  },
  adminToken: {
    flag: "--admin-token <token>",
    variable: "CORSMITH_ADMIN_TOKEN",
    help: "token required on the admin address; mandatory unless that address is loopback. Prefer the variable CORSMITH_ADMIN_TOKEN",
    secret: true,
    parse: parseAdminToken,
  },
  adminTokenFile: {
    flag: "--admin-token-file <file>",
    variable: "CORSMITH_ADMIN_TOKEN_FILE",
    help: "the same, from a file",
    parse: parseAdminTokenFile,
  },
  workers: {
    flag: "--workers <n>",
    variable: "CORSMITH_WORKERS",
    key: "workers",
    help: "processes that share the port",
    default: "1",
    parse: parseWorkers,
  },
  upstreamTimeout: {
    flag: "--upstream-timeout <seconds>",
    variable: "CORSMITH_UPSTREAM_TIMEOUT",
    key: "upstreamTimeout",
    help: "how long to wait for the API to start responding",
    default: "30",
    parse: parseSeconds,
  },
  trustProxy: {
    flag: "--trust-proxy <cidr...>",
    variable: "CORSMITH_TRUST_PROXY",
    key: "trustProxy",
    help: "trusted proxies, whose X-Forwarded-* and Forwarded headers are used",
    default: "",
    parse: parseTrustProxy,
  },
  changeHost: {
    flag: "--change-host",
    variable: "CORSMITH_CHANGE_HOST",
    key: "changeHost",
    help: "send the Host header of --upstream instead of the client's",
    default: "false",
    parse: parseSwitch,
  },
  journal: {
    flag: "--journal <place>",
    variable: "CORSMITH_JOURNAL",
    key: "journal",
    help: "where to record decisions: a file, postgres://user:password@host/database, memory or off",
    default: "memory",
    parse: parseJournal,
  },
  logLevel: {
    flag: "--log-level <level>",
    variable: "CORSMITH_LOG_LEVEL",
    help: logLevels.join(", "),
    default: "info",
    parse: parseLogLevel,
  },
} as const satisfies Readonly<Record<string, SettingDefinition<unknown>>>;

type SettingTable = typeof settingTable;

/** The name of a setting, which is that of its flag in camel case. */
export type SettingName = keyof SettingTable;

type ValueOf<Definition> = Definition extends SettingDefinition<infer Value> ? Value : never;

/** Everything about the gateway but its policies. What has no default may be missing. */
export type SettingValues = {
  readonly [Name in SettingName]:
    | ValueOf<SettingTable[Name]>
    | (SettingTable[Name] extends { readonly default: string } ? never : undefined);
};

/** Every flag of the configuration: the settings, and those that choose the file and what of it counts. */
export const flagTable: Readonly<Record<SettingName | "policy" | "mode", FlagDefinition>> = {
  ...settingTable,
  policy: {
    flag: "--policy <file>",
    variable: "CORSMITH_POLICY",
    help: "a policy, or a whole configuration; otherwise corsmith.config.{ts,js,mjs,json,yaml,yml} is looked up in this folder, then in its parents",
  },
  mode: {
    flag: "--mode <name>",
    variable: "NODE_ENV",
    help: "development or production: applies the section $development or $production of the configuration; defaults to NODE_ENV",
  },
};

export const settingNames: readonly SettingName[] = Object.keys(settingTable) as SettingName[];

/** The flags that take part in the configuration, as they were typed. */
export type Flags = { readonly [Name in keyof typeof flagTable]?: unknown } & {
  readonly policy?: string;
  readonly mode?: string;
};

/** Where the value of a setting comes from, by the name that its user knows: `--listen`, `CORSMITH_LISTEN`, or a path in the file. */
export type SettingSource =
  | { readonly kind: "flag" | "environment" | "file"; readonly name: string }
  | { readonly kind: "default" };

export interface Setting<T> {
  readonly value: T;
  readonly source: SettingSource;
}

export type Settings = { readonly [Name in SettingName]: Setting<SettingValues[Name]> };

/** The token that the admin server requires, if it was given one. */
export function adminToken({ adminToken: given, adminTokenFile: inFile }: Settings): Secret | undefined {
  return given.value ?? inFile.value;
}

/** The name of a flag alone: `--listen`. */
export function flagName({ flag }: FlagDefinition): string {
  return flag.split(" ", 1)[0] ?? flag;
}

/** A value as one would write it, without passwords: plain data for the log, the help and `--check`. */
export function shownSetting(value: SettingValues[SettingName]): unknown {
  if (value instanceof URL) return value.origin;
  if (value instanceof Secret) return value.toJSON();
  if (typeof value !== "object") return value;
  if ("kind" in value) return shownJournal(value);
  return "port" in value ? formatAddress(value) : value;
}
