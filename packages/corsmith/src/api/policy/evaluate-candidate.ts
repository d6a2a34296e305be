import { extname } from "node:path";
import { type ConfigFinding, hasErrors } from "../../config/config-finding.ts";
import type { Configuration } from "../../config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import { missingPolicy } from "../../config/missing-policy.ts";
import { type PolicySet, policySetData } from "../../config/policy-set.ts";
import type { Finding } from "../schemas/finding.ts";
import type { Candidate, PolicyReport } from "../schemas/policy.ts";

/** A candidate that was read as the file would be: with the same overlay, environment and flags. */
export interface Evaluated {
  readonly findings: readonly Finding[];
  /** Both are there if there is no error. */
  readonly configuration: Configuration | undefined;
  readonly policies: PolicySet | undefined;
}

/** Reads a candidate in the place of the configuration file. */
export function evaluateCandidate(request: LoadRequest, { text, format }: Candidate): Evaluated {
  const outcome = loadConfiguration({ ...request, candidate: { file: candidateName(request, format), text } });
  const { configuration } = outcome;
  const policies = configuration?.policies;
  const findings =
    configuration !== undefined && policies === undefined
      ? [...outcome.findings, missingPolicy(configuration)]
      : outcome.findings;
  const usable = policies !== undefined && !hasErrors(findings);
  return {
    findings: findings.map(plainFinding),
    configuration: usable ? configuration : undefined,
    policies: usable ? policies : undefined,
  };
}

/** What the API says of a candidate. */
export function policyReport({ findings, policies }: Evaluated): PolicyReport {
  return { ok: policies !== undefined, findings, ...(policies === undefined ? {} : plainPolicies(policies)) };
}

/** Policies as they go over the wire. */
export function plainPolicies(policies: PolicySet): Pick<PolicyReport, "policy" | "routes"> {
  return JSON.parse(JSON.stringify(policySetData(policies))) as Pick<PolicyReport, "policy" | "routes">;
}

/** A finding as it goes over the wire: with a value, always. */
export function plainFinding(finding: ConfigFinding): Finding {
  return { ...finding, value: JSON.stringify(finding.value) === undefined ? null : finding.value };
}

/** The name by which findings call it: that of the file in force, where its format is the candidate's. */
function candidateName({ flags }: LoadRequest, format: Candidate["format"]): string {
  const file = flags.policy;
  const ending = file === undefined ? "" : extname(file).toLowerCase();
  const inForce = ending === ".json" ? "json" : ending === ".yaml" || ending === ".yml" ? "yaml" : undefined;
  if (file !== undefined && inForce !== undefined && (format ?? inForce) === inForce) return file;
  return format === "json" ? "candidate.json" : "candidate.yaml";
}
