import type { GatewayLimits } from "../gateway/inbound/limits.ts";
import type { FileStates, Places } from "./config-document.ts";
import { type ConfigFinding, configError } from "./config-finding.ts";
import type { Mode } from "./config-sections.ts";
import type { PolicySet } from "./policy-set.ts";
import type { Settings } from "./settings.ts";

/** A configuration without mistakes. */
export interface Configuration {
  /** The file that was read, if there was one. */
  readonly file: string | undefined;
  readonly mode: Mode | undefined;
  /** The modes for which the file has an overlay. */
  readonly overlays: readonly Mode[];
  readonly settings: Settings;
  readonly limits: Partial<GatewayLimits>;
  /** `undefined` where no policy was written. There is no default one; only the demo, which has its own, can do without. */
  readonly policies: PolicySet | undefined;
  /** Where the top-level policy stands, in words: the file's name, the variables' names, both. */
  readonly policySource: string;
  /** Does the policy stand in the file, so that an edit of the file changes it? */
  readonly policyInFile: boolean;
  readonly places: Places;
}

/** What came of loading: the configuration if there is no error among the findings. */
export interface LoadOutcome {
  readonly configuration: Configuration | undefined;
  readonly findings: readonly ConfigFinding[];
  /** The configuration file, also where it could not be used. */
  readonly file: string | undefined;
  /** What stood in the file; `undefined` where it could not be read. */
  readonly text: string | undefined;
  /** The files whose edits can change the outcome, as they were when they were read. */
  readonly watch: FileStates;
}

/** The outcome for whom a policy is needed: without one, it is refused. There is no default policy. */
export function requirePolicy(outcome: LoadOutcome): LoadOutcome {
  const { configuration } = outcome;
  if (configuration === undefined || configuration.policies !== undefined) return outcome;
  const { file, mode, overlays } = configuration;
  const unused = overlays.filter((name) => name !== mode);
  const message = "There is no policy, and there is no default: only you know which pages to trust.";
  const fix =
    unused.length > 0
      ? `Choose a section: ${unused.map((name) => `--mode ${name}`).join(" or ")}, or write the policy that holds without one.`
      : "Name the origins that may read the responses.";
  const finding = configError("policy-missing", "policy", undefined, message, fix);
  const placed = file === undefined ? finding : { ...finding, file };
  return { ...outcome, configuration: undefined, findings: [...outcome.findings, placed] };
}
