import { type Environment, nearestName } from "@corsmith/cors";
import type { ConfigFinding } from "./config-finding.ts";
import type { Section } from "./config-sections.ts";
import type { Mistake } from "./parse-settings.ts";
import {
  type Flags,
  type Setting,
  type SettingDefinition,
  type SettingSource,
  type Settings,
  type SettingValues,
  settingDefaults,
  settingDefinitions,
} from "./settings.ts";

/** A finding, and whether its path is one of the file or the name of a flag or variable. */
export interface SourcedFinding {
  readonly finding: ConfigFinding;
  readonly inFile: boolean;
}

/** The three places that can give a setting, strongest first. */
export interface SettingOrigins {
  readonly flags: Flags;
  readonly environment: Environment;
  readonly section: Section;
}

/**
 * Takes each setting from the flags, else from the environment, else from the file. A value that cannot be read is a finding wherever
 * it stands, also where a stronger one hides it.
 */
export function resolveSettings(origins: SettingOrigins): {
  readonly settings: Settings;
  readonly findings: readonly SourcedFinding[];
} {
  const findings: SourcedFinding[] = [];
  const take = <Name extends keyof SettingValues>(name: Name): Setting<SettingValues[Name]> => {
    const definition = settingDefinitions[name] as SettingDefinition<SettingValues[Name]>;
    const given = candidates(definition, origins.flags[name], origins).map(({ source, raw }) => {
      const parsed = definition.parse(raw);
      const remark = parsed.ok ? parsed.warning : parsed.mistake;
      if (remark) findings.push(sourced(source, shown(definition, raw), parsed.ok ? "warning" : "error", remark));
      return parsed.ok ? { value: parsed.value, source } : undefined;
    });
    return (
      given.find((setting) => setting !== undefined) ?? { value: settingDefaults[name], source: { kind: "default" } }
    );
  };
  const settings: Settings = {
    upstream: take("upstream"),
    listen: take("listen"),
    admin: take("admin"),
    adminToken: take("adminToken"),
    adminTokenFile: take("adminTokenFile"),
    workers: take("workers"),
    upstreamTimeout: take("upstreamTimeout"),
    trustProxy: take("trustProxy"),
    changeHost: take("changeHost"),
    journal: take("journal"),
    logLevel: take("logLevel"),
  };
  return { settings, findings: [...findings, ...misspeltVariables(origins.environment)] };
}

const hidden = "(secret)";

/** An empty value is no secret. */
function shown<T>({ secret }: SettingDefinition<T>, raw: unknown): unknown {
  return secret === true && raw !== "" ? hidden : raw;
}

type NamedSource = Exclude<SettingSource, { kind: "default" }>;

function candidates<T>(
  definition: SettingDefinition<T>,
  flag: unknown,
  { environment, section }: SettingOrigins,
): { source: NamedSource; raw: unknown }[] {
  const given: { source: NamedSource; raw: unknown }[] = [];
  const { variable, key } = definition;
  if (definition.flag !== undefined) given.push({ source: { kind: "flag", name: definition.flag }, raw: flag });
  if (variable !== undefined)
    given.push({ source: { kind: "environment", name: variable }, raw: environment[variable] });
  if (key !== undefined) given.push({ source: { kind: "file", name: key }, raw: section[key] });
  return given.filter(({ raw }) => raw !== undefined);
}

function sourced(
  source: NamedSource,
  value: unknown,
  severity: ConfigFinding["severity"],
  remark: Mistake,
): SourcedFinding {
  // An empty variable is most often one that a deployment forgot to fill: taking it for absent would serve something else.
  const empty = value === "" ? { message: "It is empty.", fix: `Give it a value, or remove it: ${remark.fix}` } : {};
  const finding: ConfigFinding = { severity, path: source.name, value: withoutPassword(value), ...remark, ...empty };
  return { finding, inFile: source.kind === "file" };
}

/** Findings are printed and logged, and whoever reads them need not know the password in a URL. */
function withoutPassword(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\/\/[^/@]*@/, "//***@") : value;
}

/** A warning only, and for near misses only: a cluster names variables after its services, `CORSMITH_SERVICE_HOST` for example. */
function misspeltVariables(environment: Environment): SourcedFinding[] {
  const known = Object.values(settingDefinitions).map(({ variable }) => variable ?? "");
  const secret = (near: string): boolean => /TOKEN$|URL$/.test(near);
  return Object.keys(environment).flatMap((name) => {
    if (!name.startsWith("CORSMITH_") || [...known, "CORSMITH_POLICY"].includes(name)) return [];
    const rest = name.slice("CORSMITH_".length);
    const near = nearestName(
      rest,
      known.map((variable) => variable.slice("CORSMITH_".length)),
    );
    if (near === undefined || Math.abs(near.length - rest.length) > 2) return [];
    const finding: ConfigFinding = {
      code: "variable-unknown",
      severity: "warning",
      path: name,
      value: secret(near) ? hidden : environment[name],
      message: "There is no such variable; nothing is read from it.",
      fix: `CORSMITH_${near}`,
    };
    return [{ finding, inFile: false }];
  });
}
