import { nearestName, policyKeys } from "@corsmith/cors";
import type { ConfigFinding } from "./config-finding.ts";
import type { ConfigInput, ConfigSection } from "./config-input.ts";
import type { Mode } from "./mode.ts";
import { joinPath } from "./places.ts";

/** A part of a configuration whose keys are known to be right; its values are not checked yet. */
export type Section = Readonly<Record<string, unknown>>;

/** What a configuration file holds: the section at the top, and one for each mode that has an overlay. */
export interface ConfigSections {
  readonly base: Section;
  readonly overlays: Readonly<Partial<Record<Mode, Section>>>;
  /** Where the policy stands: under `policy`, or, in a file that is a policy alone, at the top. */
  readonly policyPath: "policy" | "";
}

/** A finding before it is known in which file it stands. */
export type UnplacedFinding = Omit<ConfigFinding, "file" | "line" | "column">;

const sectionKeyTable: Readonly<Record<keyof ConfigSection, true>> = {
  upstream: true,
  listen: true,
  admin: true,
  policy: true,
  routes: true,
  trustProxy: true,
  upstreamTimeout: true,
  workers: true,
  changeHost: true,
  journal: true,
  limits: true,
};
const overlayKeyTable: Readonly<Record<Exclude<keyof ConfigInput, keyof ConfigSection>, Mode>> = {
  $development: "development",
  $production: "production",
};

const sectionKeys: readonly string[] = Object.keys(sectionKeyTable);
const overlayKeys: readonly string[] = Object.keys(overlayKeyTable);
const configKeys: readonly string[] = [...sectionKeys, ...overlayKeys];

/**
 * Tells a policy alone from a whole configuration by its keys, and refuses keys that neither has. Keys of both in one file are
 * refused: half of the file would have to be ignored.
 */
export function readSections(value: unknown): {
  readonly sections: ConfigSections;
  readonly findings: readonly UnplacedFinding[];
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
  for (const [path, mode] of Object.entries(overlayKeyTable)) {
    const overlay = value[path];
    if (overlay === undefined) continue;
    if (!isSection(overlay)) {
      findings.push(
        wrongType(
          path,
          overlay,
          "An overlay is an object with the keys that it replaces.",
          `${path}: { policy: { … } }`,
        ),
      );
      continue;
    }
    findings.push(...checkOverlay(overlay, path));
    overlays[mode] = overlay;
  }
  const base = Object.fromEntries(Object.entries(value).filter(([key]) => !overlayKeys.includes(key)));
  return { sections: { base, overlays, policyPath: "policy" }, findings };
}

/** Is this an object with keys, and no list? */
export function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One finding for each key that is not known, with the nearest one that is. */
export function refuseUnknownKeys(section: Section, known: readonly string[], path: string): UnplacedFinding[] {
  return Object.keys(section)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: "key-unknown",
      severity: "error",
      path: joinPath(path, key),
      value: section[key],
      message: `There is no key ${JSON.stringify(key)}${path === "" ? "" : ` in ${path}`}.`,
      fix: nearestName(key, known) ?? `One of: ${known.join(", ")}.`,
    }));
}

/** The finding for a value of the wrong type. */
export function wrongType(path: string, value: unknown, message: string, fix: string): UnplacedFinding {
  return { code: "type-mismatch", severity: "error", path, value, message, fix };
}

function checkOverlay(overlay: Section, path: string): UnplacedFinding[] {
  const nested = Object.keys(overlay).filter((key) => overlayKeys.includes(key));
  return [
    ...nested.map(
      (key): UnplacedFinding => ({
        code: "overlay-nested",
        severity: "error",
        path: joinPath(path, key),
        value: overlay[key],
        message: "An overlay has no overlays of its own.",
        fix: `Move ${key} to the top of the file.`,
      }),
    ),
    ...refuseUnknownKeys(overlay, [...sectionKeys, ...nested], path),
    ...checkRoutes(overlay["routes"], joinPath(path, "routes")),
  ];
}

function checkRoutes(routes: unknown, path: string): UnplacedFinding[] {
  if (routes === undefined) return [];
  if (!Array.isArray(routes)) {
    return [wrongType(path, routes, "Routes are a list.", `${path}: [{ path: "/admin", policy: { … } }]`)];
  }
  return routes.flatMap((route: unknown, index) => {
    const place = `${path}[${index}]`;
    if (!isSection(route))
      return [wrongType(place, route, "A route is an object.", '{ path: "/admin", policy: { … } }')];
    const findings = refuseUnknownKeys(route, ["path", "policy"], place);
    if (typeof route["path"] === "string") return findings;
    return [
      ...findings,
      wrongType(`${place}.path`, route["path"], "A route's path is text that begins with a slash.", '"/admin"'),
    ];
  });
}

function notAnObject(value: unknown): UnplacedFinding {
  return {
    code: "config-not-an-object",
    severity: "error",
    path: "",
    value: typeof value === "function" ? "a function" : value,
    message: "A configuration is an object with keys.",
    fix:
      typeof value === "function"
        ? "Export the object that the function would return."
        : 'Write a policy: { policy: { allowOrigins: ["https://app.example.com"] } }',
  };
}

function mixed(key: string, value: unknown): UnplacedFinding {
  return {
    code: "config-mixed",
    severity: "error",
    path: key,
    value,
    message: `${key} belongs to a policy, but this file is a whole configuration.`,
    fix: `Move it under policy: policy.${key}`,
  };
}
