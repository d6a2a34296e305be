import type { ConfigFinding } from "../../config/config-finding.ts";
import type { LoadRequest } from "../../config/load-configuration.ts";
import type { PolicySet } from "../../config/policy-set.ts";

/** What brought a load. */
export type LoadTrigger = "start" | "edit" | "SIGHUP" | "apply" | "roll-back";

/** The policies in force, and the number of the load that brought them. */
export interface PoliciesInForce {
  readonly load: number;
  readonly since: Date;
  readonly source: string;
  readonly policies: PolicySet;
}

/** What came of a load: in force everywhere, refused with its findings, or in force in some processes only. */
export interface LoadResult {
  readonly load: number;
  readonly trigger: LoadTrigger;
  readonly time: number;
  readonly outcome: "in-force" | "refused" | "not-everywhere";
  readonly findings: readonly ConfigFinding[];
  /** The configuration file, and what stood in it. */
  readonly file: string | undefined;
  readonly text: string | undefined;
}

/** The running program's policies, as far as the API may touch them: it asks for loads, and never puts anything in force itself. */
export interface PolicyControl {
  inForce(): PoliciesInForce | undefined;
  /** How the configuration is loaded; with the file that was found at the start. */
  readonly request: LoadRequest;
  /** Loads the configuration anew. Resolves when it is in force, or refused. */
  reload(trigger: LoadTrigger): Promise<LoadResult>;
}
