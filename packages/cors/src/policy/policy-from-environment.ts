import type { Finding } from "../finding.ts";
import { nearestName } from "./nearest-name.ts";
import { isPresetName, type PolicyInput, presetPolicies } from "./policy-input.ts";
import { type PolicyKeyType, policyKeyTable } from "./policy-keys.ts";

/** The variables that a policy is read from, as an environment (`process.env`, say) has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = "CORS_";

const variables: ReadonlyMap<string, keyof PolicyInput> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ (Object.keys(policyKeyTable) as (keyof PolicyInput)[]).flatMap((key) => {
    const { variable } = policyKeyTable[key];
    return variable === undefined ? [] : [[variable, key]];
  }),
);

/** The names of the variables, by the key of the policy that each fills. */
export const environmentVariables: Readonly<Record<string, string>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Array.from(variables, ([name, key]) => [key, name]),
);

/**
 * Reads the part of a policy that stands in environment variables. A value that cannot be read is a finding with the variable's name:
 * it never counts as absent, since the policy would then be another one. A `CORS_` name that is not known is a warning: it may be
 * another program's.
 *
 * @returns `input`, with the keys whose variables are set, and `findings`; hand `input` to `definePolicy` if there are none
 *
 * @example
 * ```ts
 * import { definePolicy, policyFromEnvironment } from "@corsmith/cors";
 *
 * const { input, findings } = policyFromEnvironment({ CORS_ALLOW_ORIGINS: "https://a.example, https://b.example" });
 * console.assert(findings.length === 0);
 * console.assert(definePolicy(input).allowOrigins.length === 2);
 * ```
 */
export function policyFromEnvironment(environment: Environment): {
  readonly input: PolicyInput;
  readonly findings: readonly Finding[];
} {
  const input: Record<string, unknown> = {};
  const findings: Finding[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || !name.startsWith(prefix)) continue;
    const key = variables.get(name);
    const reading = key === undefined ? unknownVariable(name) : readText(policyKeyTable[key].type, value.trim());
    if ("fix" in reading) {
      const severity = key === undefined ? "warning" : "error";
      const message = `${name}: ${reading.message}`;
      findings.push({ code: "variable-invalid", severity, path: name, value, message, fix: reading.fix });
    } else if (key !== undefined) {
      input[key] = reading.value;
    }
  }
  return { input, findings };
}

/** The value of a variable, or why it cannot be read. */
type Reading = { readonly value: unknown } | { readonly message: string; readonly fix: string };

function readText(type: PolicyKeyType, text: string): Reading {
  switch (type) {
    case "boolean": {
      if (text === "true" || text === "false") return { value: text === "true" };
      const fix = /^(?:1|yes|on|true)$/i.test(text) ? "true" : "false";
      return { message: "This is neither true nor false.", fix };
    }
    case "seconds": {
      if (/^\d{1,9}$/.test(text)) return { value: Number(text) };
      return { message: "This is not a whole number of seconds.", fix: String(Number.parseInt(text, 10) || 7200) };
    }
    case "choice":
      return { value: text };
    case "preset": {
      if (isPresetName(text)) return { value: text };
      const names = Object.keys(presetPolicies);
      const fix = nearestName(text, names) ?? `One of: ${names.join(", ")}.`;
      return { message: "This is not the name of a preset.", fix };
    }
    default:
      return readList(text);
  }
}

/** An empty variable is a mistake in a deployment far more often than a wish for an empty list. */
function readList(text: string): Reading {
  if (/^[[{"']/.test(text)) {
    const message = "This is written as JSON or in quotes; it is read as a plain list.";
    return { message, fix: text.replace(/[[\]{}"']/g, "") };
  }
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length > 0) return { value: entries };
  return { message: "It is empty.", fix: "Name at least one, with commas in between, or remove the variable." };
}

function unknownVariable(name: string): Reading {
  const names = [...variables.keys()];
  const near = nearestName(
    name.slice(prefix.length),
    names.map((known) => known.slice(prefix.length)),
  );
  return {
    message: "Corsmith has no such variable; it is ignored.",
    fix: near === undefined ? `One of: ${names.join(", ")}.` : `${prefix}${near}`,
  };
}
