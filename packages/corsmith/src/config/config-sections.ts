import { nearestName, type PolicyInput, policyKeys } from "@corsmith/cors";
import type { GatewayLimits } from "../gateway/inbound/limits.ts";
import { joinPath } from "./config-document.ts";
import type { ConfigFinding } from "./config-finding.ts";

/** A part of a configuration whose keys are known to be right; its values are not checked yet. */
export type Section = Readonly<Record<string, unknown>>;

/** What a configuration file holds: the section at the top, and one for each mode that has an overlay. */
export interface ConfigSections {
  readonly base: Section;
  readonly overlays: Readonly<Partial<Record<Mode, Section>>>;
  /** Where the policy stands: under `policy`, or, in a file that is a policy alone, at the top. */
  readonly policyPath: "policy" | "";
}

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
export function refuseUnknownKeys(section: Section, known: readonly string[], path: string): ConfigFinding[] {
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
export function wrongType(path: string, value: unknown, message: string, fix: string): ConfigFinding {
  return { code: "type-mismatch", severity: "error", path, value, message, fix };
}

function checkOverlay(overlay: Section, path: string): ConfigFinding[] {
  const nested = Object.keys(overlay).filter((key) => overlayKeys.includes(key));
  return [
    ...nested.map(
      (key): ConfigFinding => ({
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

function checkRoutes(routes: unknown, path: string): ConfigFinding[] {
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

function notAnObject(value: unknown): ConfigFinding {
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

function mixed(key: string, value: unknown): ConfigFinding {
  return {
    code: "config-mixed",
    severity: "error",
    path: key,
    value,
    message: `${key} belongs to a policy, but this file is a whole configuration.`,
    fix: `Move it under policy: policy.${key}`,
  };
}

/** A policy for a part of the API. It stands alone: it inherits nothing from the top-level policy. */
export interface RouteConfigInput {
  /** The path from which on the policy holds, `/admin` for example. The most specific path wins. */
  readonly path: string;
  readonly policy: PolicyInput;
}

/** What stands in a configuration file at the top, and in an overlay too. */
export interface ConfigSection {
  /** The API in front of which the gateway stands, as an origin: `http://127.0.0.1:8000`. */
  readonly upstream?: string;
  /** Where the gateway listens: `HOST:PORT`, or a port alone, which means that port of 127.0.0.1. Default `127.0.0.1:8080`. */
  readonly listen?: string | number;
  /** Where health checks and the policy in force are answered. Default `127.0.0.1:9090`. */
  readonly admin?: string | number;
  /** The policy for every path that no route names. */
  readonly policy?: PolicyInput;
  readonly routes?: readonly RouteConfigInput[];
  /** Addresses or CIDR blocks of the proxies in front, whose `X-Forwarded-*` and `Forwarded` headers are believed. Default none. */
  readonly trustProxy?: string | readonly string[];
  /** Seconds until the upstream must have begun its answer. Default 30. */
  readonly upstreamTimeout?: number;
  /** Processes that share the port. Default 1. */
  readonly workers?: number;
  /** Send the upstream its own `Host` instead of the client's. Default false. */
  readonly changeHost?: boolean;
  /**
   * Where decisions are kept: `memory`, `off`, a file, or `postgres://user:password@host/database`. A file is looked for in the folder in
   * which the command is started. Default `memory`.
   */
  readonly journal?: string;
  /** Bounds on what a client may send and how long it may take. */
  readonly limits?: Partial<GatewayLimits>;
}

/**
 * A whole configuration, as it stands in `corsmith.config.{ts,js,mjs,json,yaml,yml}`.
 *
 * `$development` and `$production` are laid over the rest by mode (`--mode`, else `NODE_ENV`). A key of an overlay, and each key of its
 * `policy` and `limits`, REPLACES the one below. Lists are never joined: a production list to which development's origins were
 * added would trust `http://localhost:*` in production.
 */
export interface ConfigInput extends ConfigSection {
  readonly $development?: ConfigSection;
  readonly $production?: ConfigSection;
}

/** The modes for which a configuration can have an overlay. */
export const modes = ["development", "production"] as const;

/** A name of {@link modes}. */
export type Mode = (typeof modes)[number];

/** Is this the name of a mode? */
export function isMode(name: unknown): name is Mode {
  return modes.some((mode) => mode === name);
}
