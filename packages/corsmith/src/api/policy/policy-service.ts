import { type SettingChange, settingChanges } from "../../config/setting-changes.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Finding } from "../schemas/finding.ts";
import type { Candidate, PolicySource } from "../schemas/policy.ts";
import type { PolicyDiff, Proposal, ProposedText } from "../schemas/policy-change.ts";
import type { ApplyRequest } from "../schemas/versions.ts";
import { lineDiff } from "./line-diff.ts";
import type { ActivePolicies, LoadResult, PolicyControl } from "./policy-control.ts";
import { policySetDiff } from "./policy-diff.ts";
import { baseOf, type Evaluated, evaluateCandidate, type ReadSource, readPolicySource } from "./policy-source.ts";
import { proposeText } from "./propose-text.ts";
import { replaceFile } from "./replace-file.ts";
import type { StoredVersion, VersionStore } from "./version-store.ts";

/** Where the policy is looked at and changed: every change goes through the file, and becomes a version. */
export class PolicyService {
  readonly #control: PolicyControl;
  #changing = false;

  constructor(control: PolicyControl) {
    this.#control = control;
  }

  get versions(): VersionStore {
    return this.#control.versions;
  }

  /** What is enforced, if anything is: a console alone enforces nothing. */
  get active(): ActivePolicies | undefined {
    return this.#control.active;
  }

  /** What is enforced. Throws a problem if nothing is. */
  mustBeActive(): ActivePolicies {
    const { active } = this.#control;
    if (active !== undefined) return active;
    throw new ApiProblem("starting", "No policy is active yet.", "Ask again in a second.");
  }

  source(): ReadSource {
    return readPolicySource(this.#control);
  }

  evaluate(candidate: Candidate): Evaluated {
    return evaluateCandidate(this.#control.request, candidate);
  }

  /** What a candidate would change. */
  diff(candidate: Candidate): PolicyDiff {
    const { findings, policies } = this.evaluate(candidate);
    const lines = lineDiff(this.source().source.text, candidate.text);
    const shared = { lines, findings, ok: policies !== undefined };
    if (policies === undefined)
      return { same: false, changes: [], gained: [], lost: [], handedOver: [], truncated: false, ...shared };
    const diff = policySetDiff(this.mustBeActive().policies, policies);
    return { same: diff.changes.length === 0, ...diff, ...shared };
  }

  propose(proposal: Proposal): ProposedText {
    const read = this.source();
    const { source } = read;
    const { text, note } = proposeText(read, proposal);
    const format = source.format === "json" || source.format === "code" ? "json" : "yaml";
    return {
      text,
      base: source.base,
      editable: source.editable,
      ...(source.reason === undefined ? {} : { reason: source.reason }),
      ...(note === undefined ? {} : { note }),
      diff: this.diff({ text, format }),
    };
  }

  /**
   * Writes a text into the file, and resolves to its version when it is active.
   *
   * @throws {ApiProblem} if it cannot be; then nothing has changed
   */
  async apply(request: ApplyText, trigger: "apply" | "roll-back"): Promise<StoredVersion> {
    const { text, who = "the API", comment = "" } = request;
    const { source } = this.source();
    if (this.#changing) throw changed(source.base);
    this.#changing = true;
    try {
      const file = this.#check(source, request);
      if (!write(file, request)) throw changed(this.source().source.base);
      const { outcome, active } = await this.#control.reload(trigger, { text, who, comment });
      const version = await active?.version;
      if (outcome === "in-force" && version?.text === text) return version;
      throw notInForce(outcome);
    } finally {
      this.#changing = false;
    }
  }

  /** Throws a problem if a text cannot take the place of the file's. Returns the file. */
  #check({ editable, reason, file, base, text: before }: PolicySource, { text, base: expected }: ApplyText): string {
    if (!editable || file === null) throw notEditable(reason ?? "The file cannot be written.", file ?? "file");
    if (base !== expected) throw changed(base);
    const { findings, configuration } = this.evaluate({ text });
    if (configuration === undefined)
      throw policyRefused("The text has errors, so nothing was changed.", "body.text", findings);
    const changes = settingChanges(file, before, text);
    if (changes.length === 0) return file;
    const detail =
      "Only policies and routes are changed here; the text changes other settings too, so nothing was changed.";
    throw policyRefused(detail, "body.text", changes.map(settingFinding));
  }
}

type ApplyText = Omit<ApplyRequest, "confirm">;

/** False if the file has changed since. */
function write(file: string, { text, base }: ApplyText): boolean {
  try {
    return replaceFile(file, text, (now) => baseOf(now) === base);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw notEditable(`The file could not be written: ${why}.`, file);
  }
}

function notEditable(detail: string, field: string): ApiProblem {
  return new ApiProblem("file-not-editable", detail, "Write the text into the file where it comes from.", { field });
}

function notInForce(outcome: LoadResult["outcome"]): ApiProblem {
  const detail =
    outcome === "not-everywhere"
      ? "The file was written, but not every process has taken the policy up. See the log."
      : "The file was written, but another edit replaced it before it became active.";
  return new ApiProblem("policy-not-in-force", detail, "Look at the active policy, and start again from there.");
}

function settingFinding({ key, before, after }: SettingChange): Finding {
  const was = JSON.stringify(before);
  return {
    code: "setting-changed",
    severity: "error",
    path: key,
    value: after ?? null,
    message: was === undefined ? "This key is not in the file now." : `This would change from ${was}.`,
    fix: was ?? "Remove it.",
  };
}

function changed(current: string): ApiProblem {
  const detail = "The file has changed since, so nothing was written: an edit would have been lost.";
  const fix = "Read the source again, and make the change on it.";
  return new ApiProblem("policy-changed", detail, fix, { field: "body.base", current });
}

/** The problem of policies with errors. */
export function policyRefused(detail: string, field: string, findings: readonly Finding[]): ApiProblem {
  return new ApiProblem("policy-refused", detail, "Correct what the findings name.", { field, findings });
}
