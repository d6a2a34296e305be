import { type SettingChange, settingChanges } from "../../config/setting-changes.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Finding } from "../schemas/finding.ts";
import type { Candidate } from "../schemas/policy.ts";
import type { PolicyDiff, Proposal, ProposedText } from "../schemas/policy-change.ts";
import type { ApplyRequest } from "../schemas/versions.ts";
import { lineDiff } from "./line-diff.ts";
import type { LoadResult, LoadTrigger, PoliciesInForce, PolicyControl } from "./policy-control.ts";
import { policySetDiff } from "./policy-diff.ts";
import {
  baseOf,
  type Evaluated,
  evaluateCandidate,
  inForceAsYaml,
  type ReadSource,
  readPolicySource,
} from "./policy-source.ts";
import { proposeText } from "./propose-text.ts";
import { replaceFile } from "./replace-file.ts";
import type { StoredVersion, VersionStore } from "./version-store.ts";

/** Who changes the policy, and why. */
export interface ChangeNote {
  readonly trigger: LoadTrigger;
  readonly who: string;
  readonly comment: string;
}

const byTheFile = "the file";
/** Characters. A longer text is in force all the same, but not kept: it is a list that some program writes. */
const longestText = 4_194_304;

/** Where the policy is looked at and changed: every change goes through the file, and becomes a version. */
export class PolicyDesk {
  readonly #control: PolicyControl;
  readonly #versions: VersionStore;
  /** What is known of texts that are on their way into the file. */
  readonly #notes = new Map<string, ChangeNote>();
  #base = "";
  #changing = false;
  #kept: Promise<StoredVersion | undefined> = Promise.resolve(undefined);

  constructor(control: PolicyControl, versions: VersionStore) {
    this.#control = control;
    this.#versions = versions;
  }

  get versions(): VersionStore {
    return this.#versions;
  }

  /** The version in force. Resolves after it has been kept. */
  async versionInForce(): Promise<StoredVersion | undefined> {
    return await this.#kept;
  }

  /** Names the text that was put in force last. */
  get base(): string {
    return this.#base;
  }

  /** Is anything enforced yet? */
  get started(): boolean {
    return this.#control.inForce() !== undefined;
  }

  /** What is enforced now. Throws a problem as long as nothing is. */
  inForce(): PoliciesInForce {
    const inForce = this.#control.inForce();
    if (inForce !== undefined) return inForce;
    throw new ApiProblem("starting", { detail: "No policy is in force yet.", fix: "Ask again in a second." });
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
    if (policies === undefined) return { same: false, changes: [], gained: [], lost: [], truncated: false, ...shared };
    const diff = policySetDiff(this.inForce().policies, policies);
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

  /** Keeps what a load brought as a version. To be called for each load, the first one too. */
  loaded(result: LoadResult): void {
    if (result.outcome === "refused") return;
    const text = result.text ?? inForceAsYaml(this.#control);
    this.#base = baseOf(text);
    if (text.length > longestText) return;
    const before = this.#kept;
    this.#kept = this.#keep(before, result, text).catch(() => before);
  }

  async #keep(before: Promise<StoredVersion | undefined>, result: LoadResult, text: string): Promise<StoredVersion> {
    const base = baseOf(text);
    const last = (await before) ?? (await this.#versions.list(1, undefined))[0];
    const file = result.file ?? null;
    const note = this.#notes.get(base) ?? { trigger: result.trigger, who: byTheFile, comment: "" };
    if (last !== undefined && last.base === base && last.file === file) return last;
    return await this.#versions.add({ time: result.time, file, base, load: result.load, text, ...note });
  }

  /** Writes a text into the file, and resolves when it is in force, as a version. Throws a problem if it cannot be; then nothing has changed. */
  async apply(request: Omit<ApplyRequest, "confirm">, trigger: "apply" | "roll-back"): Promise<StoredVersion> {
    if (this.#changing) throw changed(this.source().source.base);
    this.#changing = true;
    const base = baseOf(request.text);
    try {
      this.#check(request);
      this.#notes.set(base, { trigger, who: request.who ?? "the API", comment: request.comment ?? "" });
      this.#write(request);
      return await this.#takenUp(await this.#control.reload(trigger), base);
    } finally {
      this.#notes.delete(base);
      this.#changing = false;
    }
  }

  #check({ text, base }: Omit<ApplyRequest, "confirm">): void {
    const { source } = this.source();
    if (!source.editable) {
      throw new ApiProblem("file-not-editable", {
        detail: source.reason ?? "The file cannot be written.",
        field: source.file ?? "file",
        fix: "Write the text into the file where it comes from.",
      });
    }
    if (source.base !== base) throw changed(source.base);
    const { findings, configuration } = this.evaluate({ text });
    if (configuration === undefined) throw refused("The text has mistakes, so nothing was changed.", findings);
    const changes = settingChanges(source.file ?? "", source.text, text);
    if (changes.length === 0) return;
    throw refused(
      "Only policies and routes are changed here; the text changes other settings too, so nothing was changed.",
      changes.map(settingFinding),
    );
  }

  #write({ text, base }: Omit<ApplyRequest, "confirm">): void {
    const { source } = this.source();
    if (source.file === null) throw changed(source.base);
    let written: boolean;
    try {
      written = replaceFile(source.file, text, (now) => baseOf(now) === base);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new ApiProblem("file-not-editable", {
        detail: `The file could not be written: ${why}.`,
        field: source.file,
        fix: "Write the text into the file where it comes from.",
      });
    }
    if (!written) throw changed(this.source().source.base);
  }

  async #takenUp(result: LoadResult, base: string): Promise<StoredVersion> {
    const version = await this.#kept;
    if (result.outcome === "in-force" && version?.base === base) return version;
    throw new ApiProblem("policy-not-in-force", {
      detail:
        result.outcome === "not-everywhere"
          ? "The file was written, and not every process has taken it up; those that have not are replaced."
          : "The file was written, and another edit of it came before it was in force.",
      fix: "Look at the policy in force, and begin anew from there.",
    });
  }
}

function settingFinding({ key, before, after }: SettingChange): Finding {
  const was = JSON.stringify(before);
  return {
    code: "setting-changed",
    severity: "error",
    path: key,
    value: after ?? null,
    message: was === undefined ? "This key is not in the file now." : `This would change from ${was}.`,
    fix: was ?? "Leave it out.",
  };
}

function changed(current: string): ApiProblem {
  return new ApiProblem("policy-changed", {
    detail: "The file has changed since, so nothing was written: somebody's edit would have been lost.",
    field: "body.base",
    current,
    fix: "Read the source anew, and make the change again.",
  });
}

function refused(detail: string, findings: readonly Finding[]): ApiProblem {
  return new ApiProblem("policy-refused", {
    detail,
    field: "body.text",
    fix: "Correct what the findings name.",
    findings,
  });
}
