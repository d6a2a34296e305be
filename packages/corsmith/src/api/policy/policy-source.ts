import { createHash } from "node:crypto";
import { accessSync, constants, realpathSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { stringify } from "yaml";
import type { Configuration, LoadOutcome } from "../../config/configuration.ts";
import { loadConfiguration } from "../../config/load-configuration.ts";
import type { PolicySource } from "../schemas/policy.ts";
import { plainFinding, plainPolicies } from "./evaluate-candidate.ts";
import type { PolicyControl } from "./policy-control.ts";

/** The file of the policy as it stands now, and what it comes to. */
export interface ReadSource {
  readonly source: PolicySource;
  readonly outcome: LoadOutcome;
}

/** Names a text: two texts with one name are the same. */
export function baseOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Reads the file anew. Never throws: what is wrong with it stands in the findings. */
export function readPolicySource(control: PolicyControl): ReadSource {
  const outcome = loadConfiguration(control.request);
  const { file, configuration } = outcome;
  const format = formatOf(file);
  // What does not stand in the file is shown as it would stand in one.
  const text = (configuration?.policyInFile === false ? undefined : outcome.text) ?? inForceAsYaml(control);
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

/** Names the policies in force: programs with the same ones, wherever they come from, have the same name for them. */
export function nameOfInForce(control: PolicyControl): string {
  const inForce = control.inForce();
  return inForce === undefined ? "" : baseOf(JSON.stringify(plainPolicies(inForce.policies)));
}

/** The policies in force as the text of a file that would bring them. */
export function inForceAsYaml(control: PolicyControl): string {
  const inForce = control.inForce();
  if (inForce === undefined) return "";
  const { policy, routes } = plainPolicies(inForce.policies);
  return stringify({ policy, ...(routes?.length ? { routes } : {}) }, { lineWidth: 0 });
}

function formatOf(file: string | undefined): PolicySource["format"] {
  if (file === undefined) return "none";
  const ending = extname(file).toLowerCase();
  if (ending === ".json") return "json";
  return ending === ".yaml" || ending === ".yml" ? "yaml" : "code";
}

function notEditable(
  file: string | undefined,
  format: PolicySource["format"],
  configuration: Configuration | undefined,
): string | undefined {
  if (file === undefined)
    return "There is no configuration file: the policy comes from flags, the environment or the demo. Save the text as corsmith.config.yaml, and start again.";
  if (format === "code")
    return `${basename(file)} is code, and code is not edited for you. Write the policy into it yourself; it is taken up when you save.`;
  if (configuration?.policyInFile === false)
    return `The policy in force does not stand in ${basename(file)}: it is ${configuration.policySource}. Write one there, and start again.`;
  try {
    const real = realpathSync(file);
    accessSync(real, constants.W_OK);
    // The file is replaced and not overwritten, so that nobody ever reads half of it.
    accessSync(dirname(real), constants.W_OK);
    return undefined;
  } catch {
    return `${basename(file)} and its folder cannot be written by this program. Change the file where it comes from; it is taken up when it changes.`;
  }
}
