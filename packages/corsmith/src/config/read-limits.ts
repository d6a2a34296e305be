import { countLimits, defaultGatewayLimits, type GatewayLimits, isLimit } from "../gateway/inbound/limits.ts";
import { type ConfigFinding, configError } from "./config-finding.ts";
import { isSection, refuseUnknownKeys } from "./config-sections.ts";

const names = Object.keys(defaultGatewayLimits) as readonly (keyof GatewayLimits)[];

/** Reads `limits`: each a positive number, a whole one where it counts something. */
export function readLimits(value: unknown): {
  readonly limits: Partial<GatewayLimits>;
  readonly findings: readonly ConfigFinding[];
} {
  if (value === undefined) return { limits: {}, findings: [] };
  if (!isSection(value)) {
    const [message, fix] = ["Limits are an object of numbers.", "limits: { headerCount: 100 }"];
    return { limits: {}, findings: [configError("type-mismatch", "limits", value, message, fix)] };
  }
  const findings = refuseUnknownKeys(value, names, "limits");
  for (const name of names) {
    if (value[name] !== undefined && !isLimit(name, value[name])) findings.push(misfit(name, value[name]));
  }
  const limits = { ...defaultGatewayLimits, ...value };
  if (findings.length === 0 && limits.requestSeconds < limits.headerSeconds) {
    const path = value["requestSeconds"] === undefined ? "limits.headerSeconds" : "limits.requestSeconds";
    const message = `A whole request cannot have less time (${limits.requestSeconds}) than its headers (${limits.headerSeconds}).`;
    const fix = `requestSeconds: ${limits.headerSeconds} or more`;
    findings.push(configError("limit-invalid", path, limits.requestSeconds, message, fix));
  }
  return { limits: findings.length === 0 ? value : {}, findings };
}

function misfit(name: keyof GatewayLimits, value: unknown): ConfigFinding {
  const path = `limits.${name}`;
  const kind = countLimits.has(name) ? "whole number, at least 1" : "positive number of seconds";
  const message = `${path} must be a ${kind}.`;
  return configError("limit-invalid", path, value, message, `${defaultGatewayLimits[name]}, the default`);
}
