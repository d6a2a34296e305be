import type { Finding } from "../finding.ts";
import { isPublicSuffix, publicSuffixBelow } from "../origin/public-suffix-table.ts";
import type { PolicyDraft } from "./compile-policy.ts";
import { nearestName } from "./nearest-name.ts";
import { type Dangers, isPresetName, type PolicyInput, presetPolicies } from "./policy-input.ts";
import { readExposedHeaders, readMethods, readRequestHeaders } from "./read-names.ts";
import { readOrigins } from "./read-origins.ts";
import {
  describe,
  type PolicyReport,
  policyReport,
  readBoolean,
  readLookup,
  readMaxAge,
  readPreflightStatus,
  readUpstreamExpose,
} from "./read-value.ts";

/** How a policy is checked. */
export interface PolicyOptions {
  /**
   * Can anyone get names directly under this host? Replaces the library's compact table (dated `publicSuffixDate`), with the whole
   * Public Suffix List for example.
   */
  readonly isPublicSuffix?: (host: string) => boolean;
  /** A host like that somewhere below this one, if there is any: `s3.amazonaws.com` of `amazonaws.com`. Replaces the same table. */
  readonly publicSuffixBelow?: (host: string) => string | undefined;
}

/** The keys of a policy; what each means stands in {@link policyKeyTable}, which no server needs. */
export const policyKeys: readonly string[] = [
  "preset",
  "allowOrigins",
  "allowCredentials",
  "allowMethods",
  "allowHeaders",
  "exposeHeaders",
  "upstreamExposeHeaders",
  "maxAge",
  "crossOriginProtection",
  "preflightStatus",
  "originLookup",
  "dangerously",
];

const dangerKeys = [
  "allowNullOrigin",
  "allowNullOriginWithCredentials",
  "allowInsecureOrigins",
  "allowPublicSuffixes",
  "allowSharedHosts",
  "allowAnyPortWithCredentials",
] as const;

/** Reads a policy and reports every mistake in it. The draft is of use only if none of the findings is an error. */
export function readPolicy(
  input: unknown,
  options: PolicyOptions = {},
): { readonly findings: readonly Finding[]; readonly draft: PolicyDraft | undefined } {
  const findings: Finding[] = [];
  const report = policyReport(findings);
  if (!isRecord(input)) {
    const message = `A policy is an object, not ${describe(input)}.`;
    report.error("policy-not-an-object", "", input, message, `Say who may read the answers: cors(${examplePolicy})`);
    return { findings, draft: undefined };
  }
  if ((!isPlain(input) || "register" in input) && !policyKeys.some((key) => key in input)) {
    // What a framework hands to a middleware or a plugin. It may hold secrets, and is not shown.
    const message =
      "This is an object of the framework, not a policy: cors itself was registered, and not what it returns.";
    report.error(
      "policy-not-an-object",
      "",
      undefined,
      message,
      `Where you register cors, write cors(${examplePolicy})`,
    );
    return { findings, draft: undefined };
  }
  refuseUnknownKeys(report, input);
  const values = { ...readPreset(report, input["preset"]), ...presentKeys(input) };
  const draft = readDraft(report, values, options);
  refuseContradictions(report, draft);
  return { findings, draft };
}

const examplePolicy = '{ allowOrigins: ["https://app.example.com"] }';

/** Made by `{}` or by JSON, also in another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function readDraft(
  report: PolicyReport,
  values: Readonly<Record<string, unknown>>,
  options: PolicyOptions,
): PolicyDraft {
  const allowCredentials = readBoolean(report, "allowCredentials", values["allowCredentials"]);
  const dangerously = readDangers(report, values["dangerously"]);
  const originLookup = readLookup(report, values["originLookup"]);
  return {
    origins: readOrigins(report, values["allowOrigins"], {
      allowCredentials,
      hasLookup: values["originLookup"] !== undefined,
      dangers: dangerously ?? {},
      isPublicSuffix: options.isPublicSuffix ?? isPublicSuffix,
      publicSuffixBelow: options.publicSuffixBelow ?? publicSuffixBelow,
    }),
    allowCredentials,
    allowMethods: readMethods(report, values["allowMethods"]),
    allowHeaders: readRequestHeaders(report, values["allowHeaders"]),
    exposeHeaders: readExposedHeaders(report, values["exposeHeaders"], allowCredentials),
    upstreamExposeHeaders: readUpstreamExpose(report, values["upstreamExposeHeaders"]),
    maxAge: readMaxAge(report, values["maxAge"]),
    crossOriginProtection: readBoolean(report, "crossOriginProtection", values["crossOriginProtection"]),
    preflightStatus: readPreflightStatus(report, values["preflightStatus"]),
    originLookup,
    dangerously,
  };
}

/** Keys that make no sense together. Each alone is right, so each has already been read without a finding. */
function refuseContradictions(report: PolicyReport, draft: PolicyDraft): void {
  const dangers = draft.dangerously ?? {};
  if (draft.allowCredentials && dangers.allowNullOrigin === true && dangers.allowNullOriginWithCredentials !== true) {
    report.error(
      "origin-null-with-credentials",
      "dangerously.allowNullOrigin",
      true,
      'Any site can open a sandboxed frame, whose origin is "null": with credentials each of them could act as the user.',
      "Set allowCredentials to false, or set dangerously.allowNullOriginWithCredentials to true as well.",
    );
  }
  if (!draft.origins.some((pattern) => pattern.kind === "any")) return;
  if (draft.originLookup !== undefined) {
    const message = 'allowOrigins is "*", so the lookup would never be asked.';
    const fix = 'Remove originLookup, or "*".';
    report.error("origin-lookup-with-any-origin", "originLookup", draft.originLookup, message, fix);
  }
  if (draft.crossOriginProtection) {
    const message = 'allowOrigins is "*", so there is no origin that the protection could refuse.';
    const fix = "Name the origins, or set it to false.";
    report.error("protection-with-any-origin", "crossOriginProtection", true, message, fix);
  }
}

function refuseUnknownKeys(report: PolicyReport, input: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(input)) {
    if (policyKeys.includes(key)) continue;
    const near = nearestName(key, policyKeys);
    const message = `There is no key ${JSON.stringify(key)}.`;
    report.error("key-unknown", key, input[key], message, near ?? `One of: ${policyKeys.join(", ")}.`);
  }
}

function readPreset(report: PolicyReport, name: unknown): PolicyInput | undefined {
  if (name === undefined) return undefined;
  if (isPresetName(name)) return presetPolicies[name];
  const names = Object.keys(presetPolicies);
  const near = typeof name === "string" ? nearestName(name, names) : undefined;
  const fix = near ?? `One of: ${names.join(", ")}.`;
  report.error("preset-unknown", "preset", name, `There is no preset ${describe(name)}.`, fix);
  return undefined;
}

function readDangers(report: PolicyReport, value: unknown): Dangers | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) {
    const message = `dangerously is an object of switches, not ${describe(value)}.`;
    report.error("type-mismatch", "dangerously", value, message, `One of its switches: ${dangerKeys.join(", ")}.`);
    return undefined;
  }
  const dangers: { -readonly [Key in keyof Dangers]: boolean } = {};
  for (const [key, setting] of Object.entries(value)) {
    const known = dangerKeys.find((name) => name === key);
    if (known !== undefined) {
      if (readBoolean(report, `dangerously.${key}`, setting)) dangers[known] = true;
      continue;
    }
    const message = `There is no switch ${JSON.stringify(key)}.`;
    const fix = nearestName(key, dangerKeys) ?? `One of: ${dangerKeys.join(", ")}.`;
    report.error("danger-unknown", `dangerously.${key}`, setting, message, fix);
  }
  return Object.keys(dangers).length > 0 ? dangers : undefined;
}

/** A key that is `undefined` counts as absent: it must not hide the preset's. */
function presentKeys(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
