import { nearestName, policyKeys } from "@corsmith/cors";
import { joinPath } from "./config-document.ts";
import { type ConfigFinding, configError } from "./config-finding.ts";
import { type SettingDefinition, settingTable } from "./settings.ts";

/** A part of a configuration whose keys are known to be right; its values are not checked yet. */
export type Section = Readonly<Record<string, unknown>>;

/** What a configuration file holds: the section at the top, and one for each mode that has an overlay. */
export interface ConfigSections {
  readonly base: Section;
  readonly overlays: Readonly<Partial<Record<Mode, Section>>>;
  /** Where the policy stands: under `policy`, or, in a file that is a policy alone, at the top. */
  readonly policyPath: "policy" | "";
}

/** The modes for which a configuration can have an overlay. */
export const modes = ["development", "production"] as const;

export type Mode = (typeof modes)[number];

export function isMode(name: unknown): name is Mode {
  return modes.some((mode) => mode === name);
}

const settingKeys = Object.values<SettingDefinition<unknown>>(settingTable).flatMap(({ key }) => key ?? []);
const sectionKeys: readonly string[] = [...settingKeys, "policy", "routes", "limits"];
const overlayKeys: readonly string[] = modes.map((mode) => `$${mode}`);
const configKeys: readonly string[] = [...sectionKeys, ...overlayKeys];

/**
 * Distinguishes a policy alone from a whole configuration by its keys, and refuses keys that neither has. Keys of both in one file are
 * refused: half of the file would have to be ignored.
 */
export function readSections(value: unknown): {
  readonly sections: ConfigSections;
  readonly findings: readonly ConfigFinding[];
} {
  const nothing: ConfigSections = { base: {}, overlays: {}, policyPath: "policy" };
  if (!isSection(value)) return { sections: nothing, findings: [notAnObject(value)] };
  const keys = Object.keys(value);
  const ofPolicy = keys.filter((key) => policyKeys.includes(key));
  const isConfig = keys.some((key) => configKeys.includes(key));
  if (isConfig && ofPolicy.length > 0)
    return { sections: nothing, findings: ofPolicy.map((key) => mixed(key, value[key])) };
  if (ofPolicy.length > 0) return { sections: { base: { policy: value }, overlays: {}, policyPath: "" }, findings: [] };

  const known = isConfig ? configKeys : [...configKeys, ...policyKeys];
  const findings = [...refuseUnknownKeys(value, known, ""), ...checkRoutes(value["routes"], "routes")];
  const overlays: Partial<Record<Mode, Section>> = {};
  for (const mode of modes) {
    const path = `$${mode}`;
    const overlay = value[path];
    if (isSection(overlay)) {
      findings.push(...checkOverlay(overlay, path));
      overlays[mode] = overlay;
    } else if (overlay !== undefined) {
      const message = `${path} must be an object with the keys that it replaces.`;
      findings.push(configError("type-mismatch", path, overlay, message, `${path}: { policy: { … } }`));
    }
  }
  const base = Object.fromEntries(Object.entries(value).filter(([key]) => !overlayKeys.includes(key)));
  return { sections: { base, overlays, policyPath: "policy" }, findings };
}

export function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One finding for each key that is not known, with the nearest one that is. */
export function refuseUnknownKeys(section: Section, known: readonly string[], path: string): ConfigFinding[] {
  const place = path === "" ? "" : ` in ${path}`;
  return Object.keys(section)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const message = `There is no key ${JSON.stringify(key)}${place}.`;
      const fix = nearestName(key, known) ?? `One of: ${known.join(", ")}.`;
      return configError("key-unknown", joinPath(path, key), section[key], message, fix);
    });
}

function checkOverlay(overlay: Section, path: string): ConfigFinding[] {
  const nested = Object.keys(overlay).filter((key) => overlayKeys.includes(key));
  return [
    ...nested.map((key) => {
      const fix = `Move ${key} to the top of the file.`;
      return configError(
        "overlay-nested",
        joinPath(path, key),
        overlay[key],
        "A section cannot be inside another section.",
        fix,
      );
    }),
    ...refuseUnknownKeys(overlay, [...sectionKeys, ...nested], path),
    ...checkRoutes(overlay["routes"], joinPath(path, "routes")),
  ];
}

function checkRoutes(routes: unknown, path: string): ConfigFinding[] {
  if (routes === undefined) return [];
  if (!Array.isArray(routes)) {
    const fix = `${path}: [{ path: "/admin", policy: { … } }]`;
    return [configError("type-mismatch", path, routes, "Routes are a list.", fix)];
  }
  return routes.flatMap((route: unknown, index) => {
    const place = `${path}[${index}]`;
    if (!isSection(route)) {
      const fix = '{ path: "/admin", policy: { … } }';
      return [configError("type-mismatch", place, route, "A route is an object.", fix)];
    }
    const findings = refuseUnknownKeys(route, ["path", "policy"], place);
    if (typeof route["path"] === "string") return findings;
    const message = "A route's path is text that begins with a slash.";
    return [...findings, configError("type-mismatch", `${place}.path`, route["path"], message, '"/admin"')];
  });
}

function notAnObject(value: unknown): ConfigFinding {
  const message = "A configuration is an object with keys.";
  const [shown, fix] =
    typeof value === "function"
      ? ["a function", "Export the object that the function would return."]
      : [value, 'Write a policy: { policy: { allowOrigins: ["https://app.example.com"] } }'];
  return configError("config-not-an-object", "", shown, message, fix);
}

function mixed(key: string, value: unknown): ConfigFinding {
  const message = `${key} belongs to a policy, but this file is a whole configuration.`;
  return configError("config-mixed", key, value, message, `Move it under policy: policy.${key}`);
}
