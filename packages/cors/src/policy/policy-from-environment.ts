import type { Finding } from "../finding.ts";
import { nearestName } from "./nearest-name.ts";
import type { PolicyInput } from "./policy-input.ts";
import { isPresetName, presetPolicies } from "./preset-policies.ts";

/** The variables that a policy is read from, as an environment (`process.env`, say) has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Writable = { -readonly [Key in keyof PolicyInput]: PolicyInput[Key] };
/** One variable: which key it fills, and how its text is read. */
interface Variable {
  readonly key: keyof PolicyInput;
  readonly read: (text: string, refuse: (message: string, fix: string) => void) => Partial<Writable> | undefined;
}

const prefix = "CORS_";

const variables: Readonly<Record<string, Variable>> = {
  CORS_PRESET: {
    key: "preset",
    read: (text, refuse) => {
      if (isPresetName(text)) return { preset: text };
      const names = Object.keys(presetPolicies);
      refuse("This is not the name of a preset.", nearestName(text, names) ?? `One of: ${names.join(", ")}.`);
      return undefined;
    },
  },
  CORS_ALLOW_ORIGINS: { key: "allowOrigins", read: (text, refuse) => listOf("allowOrigins", text, refuse) },
  CORS_ALLOW_CREDENTIALS: {
    key: "allowCredentials",
    read: (text, refuse) => booleanOf("allowCredentials", text, refuse),
  },
  CORS_ALLOW_METHODS: { key: "allowMethods", read: (text, refuse) => listOf("allowMethods", text, refuse) },
  CORS_ALLOW_HEADERS: { key: "allowHeaders", read: (text, refuse) => listOf("allowHeaders", text, refuse) },
  CORS_EXPOSE_HEADERS: { key: "exposeHeaders", read: (text, refuse) => listOf("exposeHeaders", text, refuse) },
  CORS_MAX_AGE: {
    key: "maxAge",
    read: (text, refuse) => {
      if (/^\d{1,9}$/.test(text)) return { maxAge: Number(text) };
      refuse("This is not a whole number of seconds.", String(Number.parseInt(text, 10) || 7200));
      return undefined;
    },
  },
  CORS_CROSS_ORIGIN_PROTECTION: {
    key: "crossOriginProtection",
    read: (text, refuse) => booleanOf("crossOriginProtection", text, refuse),
  },
};

/** The names of the variables, by the key of the policy that each fills. */
export const environmentVariables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(variables).map(([name, variable]) => [variable.key, name]),
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
  const input: Writable = {};
  const findings: Finding[] = [];
  const add = (severity: Finding["severity"], path: string, value: string, message: string, fix: string): void => {
    findings.push({ code: "variable-invalid", severity, path, value, message: `${path}: ${message}`, fix });
  };
  for (const [name, text] of Object.entries(environment)) {
    if (text === undefined || !name.startsWith(prefix)) continue;
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (variable !== undefined) {
      Object.assign(
        input,
        variable.read(text.trim(), (message, fix) => add("error", name, text, message, fix)),
      );
      continue;
    }
    const names = Object.keys(variables).map((known) => known.slice(prefix.length));
    const near = nearestName(name.slice(prefix.length), names);
    const fix = near === undefined ? `One of: ${Object.keys(variables).join(", ")}.` : `${prefix}${near}`;
    add("warning", name, text, "Corsmith has no such variable, and reads nothing from it.", fix);
  }
  return { input, findings };
}

/** An empty variable is a mistake in a deployment far more often than a wish for an empty list. */
function listOf(
  key: keyof PolicyInput,
  text: string,
  refuse: (message: string, fix: string) => void,
): Partial<Writable> | undefined {
  if (/^[[{"']/.test(text)) {
    refuse("This is written as JSON or in quotes; it is read as a plain list.", text.replace(/[[\]{}"']/g, ""));
    return undefined;
  }
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length > 0) return { [key]: entries };
  refuse("It is empty.", "Name at least one, with commas in between, or remove the variable.");
  return undefined;
}

function booleanOf(
  key: keyof PolicyInput,
  text: string,
  refuse: (message: string, fix: string) => void,
): Partial<Writable> | undefined {
  if (text === "true" || text === "false") return { [key]: text === "true" };
  refuse("This is neither true nor false.", /^(?:1|yes|on|true)$/i.test(text) ? "true" : "false");
  return undefined;
}
