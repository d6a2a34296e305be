import { isIP } from "node:net";
import { type Environment, nearestName } from "@corsmith/cors";
import { type Address, formatAddress, isLoopback } from "./address.ts";
import { type ConfigFinding, configError } from "./config-finding.ts";
import type { Section } from "./config-sections.ts";
import type { Parsed } from "./parse-settings.ts";
import {
  adminToken,
  type Flags,
  flagName,
  flagTable,
  type Setting,
  type SettingDefinition,
  type SettingName,
  type SettingSource,
  type Settings,
  settingNames,
  settingTable,
  shownSetting,
} from "./settings.ts";

/** The three places that can give a setting, strongest first. */
export interface SettingOrigins {
  readonly flags: Flags;
  readonly environment: Environment;
  readonly section: Section;
}

/**
 * Takes each setting from the flags, else from the environment, else from the file. A value that cannot be read is a finding wherever
 * it stands, also where a stronger one hides it. A finding's path is the name of its source: flag, variable, or key in the file.
 */
export function resolveSettings(origins: SettingOrigins) {
  const findings: ConfigFinding[] = [];
  const take = (name: SettingName): Setting<unknown> => {
    const definition: SettingDefinition<unknown> = settingTable[name];
    const given = candidates(definition, origins.flags[name], origins).map(({ source, raw }) => {
      const parsed = definition.parse(raw, source.name);
      // An empty value is no secret.
      const shown = definition.secret === true && raw !== "" ? hidden : raw;
      findings.push(...findingsAt(source.name, shown, parsed));
      return { parsed, source };
    });
    for (const { parsed, source } of given) if (parsed.ok) return { value: parsed.value, source };
    return { value: defaultOf(definition), source: { kind: "default" } };
  };
  const settings = Object.fromEntries(settingNames.map((name) => [name, take(name)])) as unknown as Settings;
  return { settings, findings: [...findings, ...misspeltVariables(origins.environment)] };
}

/** Mistakes that no setting makes alone: a port wanted twice, a gateway in front of itself. */
export function checkSettings(settings: Settings): readonly ConfigFinding[] {
  const { listen, admin, upstream, journal } = settings;
  const findings: ConfigFinding[] = [];
  const add = (
    name: SettingName,
    code: ConfigFinding["code"],
    message: string,
    fix: string,
    severity: ConfigFinding["severity"] = "error",
  ): void => {
    const { source, value } = settings[name];
    const path = source.kind === "default" ? name : source.name;
    findings.push({ code, severity, path, value: shownSetting(value), message, fix });
  };
  const nextTo = ({ port }: Address, address: Address): string =>
    formatAddress({ ...address, port: port < 65_535 ? port + 1 : port - 1 });
  if (collide(listen.value, admin.value)) {
    add(
      admin.source.kind === "default" ? "listen" : "admin",
      "addresses-equal",
      "The API and the admin server cannot share an address.",
      `Give them two ports, for example --admin ${nextTo(listen.value, admin.value)}`,
    );
  }
  if (upstream.value !== undefined && reaches(upstream.value, listen.value)) {
    add(
      "upstream",
      "upstream-is-gateway",
      `The gateway listens on ${formatAddress(listen.value)} itself, so it would call itself forever.`,
      `Start the API on another port and name that one, or move the gateway with --listen ${nextTo(listen.value, listen.value)}`,
    );
  }
  if (!isLoopback(admin.value.host) && adminToken(settings) === undefined) {
    add(
      "admin",
      "admin-token-missing",
      "The admin server would be reachable from other machines, and it can change the policy: it needs a token.",
      `CORSMITH_ADMIN_TOKEN=$(openssl rand -hex 16), or --admin-token-file; or listen on 127.0.0.1:${admin.value.port}`,
    );
  }
  const { value: choice } = journal;
  if (journal.source.kind === "file" && choice.kind === "postgresql" && URL.parse(choice.url)?.password) {
    add(
      "journal",
      "journal-password-shown",
      "The file has the database's password in it, and the console shows the file and keeps its versions.",
      "Remove the line, and give the whole URL as CORSMITH_JOURNAL.",
      "warning",
    );
  }
  return findings;
}

const hidden = "(secret)";

function defaultOf({ flag, default: text, parse }: SettingDefinition<unknown>): unknown {
  const parsed = text === undefined ? undefined : parse(text, flag);
  return parsed?.ok === true ? parsed.value : undefined;
}

type NamedSource = Exclude<SettingSource, { kind: "default" }>;

function candidates(
  definition: SettingDefinition<unknown>,
  flag: unknown,
  { environment, section }: SettingOrigins,
): readonly { readonly source: NamedSource; readonly raw: unknown }[] {
  const { variable, key = "" } = definition;
  return [
    { source: { kind: "flag", name: flagName(definition) }, raw: flag } as const,
    { source: { kind: "environment", name: variable }, raw: environment[variable] } as const,
    { source: { kind: "file", name: key }, raw: key === "" ? undefined : section[key] } as const,
  ].filter(({ raw }) => raw !== undefined);
}

function findingsAt(path: string, value: unknown, parsed: Parsed<unknown>): readonly ConfigFinding[] {
  const remark = parsed.ok ? parsed.warning : parsed.mistake;
  if (remark === undefined) return [];
  // An empty variable is most often one that a deployment forgot to fill: taking it for absent would serve something else.
  const empty = value === "" ? { message: "It is empty.", fix: `Give it a value, or remove it: ${remark.fix}` } : {};
  // Findings are printed and logged: the password in a URL is nothing for their readers.
  const shown = typeof value === "string" ? value.replace(/\/\/[^/@]*@/, "//***@") : value;
  return [{ severity: parsed.ok ? "warning" : "error", path, value: shown, ...remark, ...empty }];
}

const prefix = "CORSMITH_";

/** A warning only, and for near misses only: a cluster names variables after its services, `CORSMITH_SERVICE_HOST` for example. */
function misspeltVariables(environment: Environment): readonly ConfigFinding[] {
  const settings = settingNames.map((name) => settingTable[name].variable.slice(prefix.length));
  const known = [...settings, flagTable.policy.variable.slice(prefix.length)];
  return Object.keys(environment).flatMap((name): ConfigFinding[] => {
    const rest = name.slice(prefix.length);
    if (!name.startsWith(prefix) || known.includes(rest)) return [];
    const near = nearestName(rest, settings);
    if (near === undefined || Math.abs(near.length - rest.length) > 2) return [];
    const value = /TOKEN$|URL$/.test(near) ? hidden : environment[name];
    const message = "There is no such variable; it is ignored.";
    return [{ ...configError("variable-unknown", name, value, message, prefix + near), severity: "warning" }];
  });
}

function collide(a: Address, b: Address): boolean {
  if (a.port !== b.port || a.port === 0) return false;
  if (a.host === b.host || [a.host, b.host].some((host) => host === "0.0.0.0" || host === "::")) return true;
  // `localhost` may be any loopback address; two different addresses are two places.
  const isNamed = isIP(a.host) === 0 || isIP(b.host) === 0;
  return isNamed && isLoopback(a.host) && isLoopback(b.host);
}

function reaches(upstream: URL, listen: Address): boolean {
  const port = Number(upstream.port || (upstream.protocol === "https:" ? 443 : 80));
  const host = upstream.hostname.replace(/^\[|\]$/g, "");
  return port !== 0 && collide({ host, port }, listen) && (host === listen.host || isLoopback(host));
}
