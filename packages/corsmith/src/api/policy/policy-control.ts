import type { ConfigFinding } from "../../config/config-finding.ts";
import type { LoadRequest } from "../../config/load-configuration.ts";
import type { PolicySet } from "../../config/policy-set.ts";
import type { LoadTrigger, StoredVersion, VersionStore } from "./version-store.ts";

/** The policies that are enforced, and the load that brought them. */
export interface ActivePolicies {
  readonly load: number;
  readonly since: Date;
  readonly source: string;
  readonly policies: PolicySet;
  /** Names the text in which they are written. */
  readonly base: string;
  /** The version as which they are kept; the one before where they could not be. */
  readonly version: Promise<StoredVersion | undefined>;
}

/** The result of a load: active everywhere, refused with its findings, or active in some processes only. */
export interface LoadResult {
  readonly load: number;
  readonly trigger: LoadTrigger;
  readonly time: number;
  readonly outcome: "in-force" | "refused" | "not-everywhere";
  readonly findings: readonly ConfigFinding[];
  /** What is enforced after it. */
  readonly active: ActivePolicies | undefined;
}

/** Who wrote a text into the file, and why. */
export type ChangeNote = Pick<StoredVersion, "text" | "who" | "comment">;

/** The running program's policies, as far as the API may touch them: it asks for loads, and never enforces anything itself. */
export interface PolicyControl {
  readonly active: ActivePolicies | undefined;
  /** How the configuration is loaded; with the file that was found at the start. */
  readonly request: LoadRequest;
  readonly versions: VersionStore;
  /**
   * Loads the configuration, and enforces its policies if there is no error. One load runs at a time; calls in the meantime share one more.
   * Resolves to what came of the load that began at this call or after it; never rejects.
   *
   * @param note of whom the version is, if the load finds this text in the file
   */
  reload(trigger: LoadTrigger, note?: ChangeNote): Promise<LoadResult>;
}
