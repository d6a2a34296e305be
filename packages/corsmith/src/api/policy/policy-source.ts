import { createHash } from "node:crypto";
import { accessSync, constants, realpathSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { stringify } from "yaml";
import type { ConfigFinding } from "../../config/config-finding.ts";
import { type Configuration, type LoadOutcome, requirePolicy } from "../../config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import { type PolicySet, policySetData } from "../../config/policy-set.ts";
import type { Finding } from "../schemas/finding.ts";
import type { Candidate, PolicyReport, PolicySource } from "../schemas/policy.ts";
import type { PolicyControl } from "./policy-control.ts";

/** The file of the policy as it is now, and what it comes to. */
export interface ReadSource {
  readonly source: PolicySource;
  readonly outcome: LoadOutcome;
}

/** Names a text: two texts with one name are the same. */
export function baseOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Reads the file as it is now. Never throws: what is wrong with it is in the findings. */
export function readPolicySource(control: PolicyControl): ReadSource {
  const outcome = loadConfiguration(control.request);
  const { file, configuration } = outcome;
  const format = formatOf(file);
  // A policy that is not in the file is shown as a file would have it.
  const written = configuration?.policyInFile === false ? undefined : outcome.text;
  const text = written ?? (control.active === undefined ? "" : policiesAsYaml(control.active.policies));
  const reason = notEditable(file, format, configuration);
  return {
    outcome,
    source: {
      file: file ?? null,
      format,
      editable: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      text,
      base: baseOf(text),
      mode: configuration?.mode ?? null,
      findings: outcome.findings.map(plainFinding),
    },
  };
}

/** Names policies: programs with the same ones, wherever they come from, have the same name for them. */
export function nameOfPolicies(policies: PolicySet): string {
  return baseOf(JSON.stringify(policySetData(policies)));
}

/** Policies as the text of a file that would bring them. */
export function policiesAsYaml(policies: PolicySet): string {
  const { policy, routes } = policySetData(policies);
  return stringify({ policy, ...(routes?.length ? { routes } : {}) }, { lineWidth: 0 });
}

function formatOf(file: string | undefined): PolicySource["format"] {
  if (file === undefined) return "none";
  return formats[extname(file).toLowerCase()] ?? "code";
}

const formats: Readonly<Record<string, "json" | "yaml">> = { ".json": "json", ".yaml": "yaml", ".yml": "yaml" };

function notEditable(
  file: string | undefined,
  format: PolicySource["format"],
  configuration: Configuration | undefined,
): string | undefined {
  if (file === undefined)
    return "There is no configuration file: the policy comes from flags, the environment or the demo. Save the text as corsmith.config.yaml, and restart.";
  if (format === "code")
    return `${basename(file)} is code, which cannot be edited from here. Change the policy in the file itself; it is loaded when you save.`;
  if (configuration?.policyInFile === false)
    return `The active policy is not in ${basename(file)}: it is ${configuration.policySource}. Write one there, and restart.`;
  try {
    const real = realpathSync(file);
    accessSync(real, constants.W_OK);
    // The file is replaced and not overwritten, so that no reader ever sees half of it.
    accessSync(dirname(real), constants.W_OK);
    return undefined;
  } catch {
    return `Corsmith cannot write ${basename(file)} and its folder. Change the file where it comes from; it is loaded when it changes.`;
  }
}

/** A candidate that was read as the file would be: with the same overlay, environment and flags. */
export type Evaluated = ReturnType<typeof evaluateCandidate>;

/** Reads a candidate in the place of the configuration file. Its configuration and policies are there if there is no error. */
export function evaluateCandidate(request: LoadRequest, { text, format }: Candidate) {
  const candidate = { file: candidateName(request, format), text };
  const { configuration, findings } = requirePolicy(loadConfiguration({ ...request, candidate }));
  return { findings: findings.map(plainFinding), configuration, policies: configuration?.policies };
}

/** What the API answers about a candidate. */
export function policyReport({ findings, policies }: Evaluated): PolicyReport {
  return { ok: policies !== undefined, findings, ...(policies === undefined ? {} : policySetData(policies)) };
}

/** A finding as JSON has it: always with a value. */
export function plainFinding(finding: ConfigFinding): Finding {
  return { ...finding, value: JSON.stringify(finding.value) === undefined ? null : finding.value };
}

/** The name that findings give it: that of the active file, where its format is the candidate's. */
function candidateName({ flags: { policy: file } }: LoadRequest, format: Candidate["format"]): string {
  const active = formatOf(file);
  const isData = active === "json" || active === "yaml";
  if (file !== undefined && isData && (format ?? active) === active) return file;
  return format === "json" ? "candidate.json" : "candidate.yaml";
}
