import { isAbsolute, relative, sep } from "node:path";
import { type Environment, environmentVariables, type PolicyInput, policyFromEnvironment } from "@corsmith/cors";
import { applyEnvironment, applyMode, chooseMode, type MergedSection } from "./apply-mode.ts";
import { placeOf } from "./config-document.ts";
import { type ConfigFinding, hasErrors } from "./config-finding.ts";
import { type ConfigSections, type Mode, modes, readSections } from "./config-sections.ts";
import type { LoadOutcome } from "./configuration.ts";
import { type OpenedDocument, openDocument, openText } from "./open-document.ts";
import { buildPolicies } from "./policy-set.ts";
import { readLimits } from "./read-limits.ts";
import { checkSettings, resolveSettings } from "./resolve-settings.ts";
import type { Flags } from "./settings.ts";

/** Everything that a configuration is made from. */
export interface LoadRequest {
  /** The folder from which the file is searched, and from which a relative `--policy` counts. */
  readonly folder: string;
  readonly environment: Environment;
  readonly flags: Flags;
  /** The policy that holds where the file has none; the demo's. */
  readonly basePolicy?: PolicyInput;
  /** Are mistakes in the overlays of other modes errors, as `--check` wants it, or warnings? Default warnings. */
  readonly everyMode?: boolean;
  /** Takes the place of all policies and routes, unless the overlay that holds has a policy of its own: `corsmith dev` has one. */
  readonly policyWithoutOverlay?: PolicyInput;
  /** A text to be taken for the file's, which is then not read: a change that is only considered. YAML or JSON, by the ending of the name. */
  readonly candidate?: { readonly file: string; readonly text: string };
}

/**
 * Finds, reads, merges and checks the configuration. Flags count before the environment, and that before the file. All mistakes are
 * reported at once; only a file that cannot be read at all hides those inside it. Never throws.
 */
export function loadConfiguration(request: LoadRequest): LoadOutcome {
  const { candidate, folder, flags, environment } = request;
  const opened =
    candidate === undefined ? openDocument(folder, flags, environment) : openText(candidate.file, candidate.text);
  const failed = (findings: readonly ConfigFinding[]): LoadOutcome => ({
    configuration: undefined,
    findings: findings.map((finding) =>
      finding.file === undefined ? finding : { ...finding, file: shortName(folder, finding.file) },
    ),
    file: opened.file,
    text: opened.document?.text,
    watch: opened.watch,
  });
  if (opened.findings.length > 0) return failed(opened.findings);
  const { sections, findings } = readSections(opened.document === undefined ? {} : opened.document.value);
  const shape = findings.map((finding) => placed(opened, finding));
  // Nothing else can be found in a file whose keys do not show what it is.
  if (findings.some(({ code }) => code === "config-not-an-object" || code === "config-mixed")) return failed(shape);
  const active = resolve(request, opened, sections);
  const others = modes
    .filter((mode) => mode !== active.mode && sections.overlays[mode] !== undefined)
    .flatMap((mode) => checkOther(request, opened, sections, mode));
  const all = unique([...shape, ...active.findings, ...others]);
  const outcome = failed(all);
  if (hasErrors(all)) return outcome;
  const { findings: _findings, ...configuration } = active;
  return { ...outcome, configuration };
}

type Resolved = NonNullable<LoadOutcome["configuration"]> & { readonly findings: readonly ConfigFinding[] };

/** The configuration of the mode that holds, whether or not it has mistakes. */
function resolve(request: LoadRequest, opened: OpenedDocument, sections: ConfigSections): Resolved {
  const { environment, flags } = request;
  const chosen = chooseMode(flags, environment, Object.keys(sections.overlays).length > 0);
  const merged = withoutOverlay(request, sections, chosen.mode) ?? applyMode(sections, chosen.mode);
  const { settings, findings: ofSettings } = resolveSettings({ flags, environment, section: merged.section });
  const ofEnvironment = policyFromEnvironment(environment);
  // The keys that the environment gives stand in its variables from now on, and not in the file.
  for (const key of Object.keys(ofEnvironment.input)) {
    const path = environmentVariables[key];
    if (path !== undefined) merged.places.set(`policy.${key}`, { kind: "outside", path });
  }
  const { policy = request.basePolicy } = merged.section;
  const written = applyEnvironment(policy, ofEnvironment.input);
  const { policies, findings: ofPolicies } = buildPolicies(written, merged.section);
  const { limits, findings: ofLimits } = readLimits(merged.section["limits"]);
  const ofEverything = [ofEnvironment.findings, ofSettings, checkSettings(settings), ofPolicies, ofLimits];
  const findings = [chosen.findings, ...ofEverything].flat();
  const overlaid = hasOverlaidPolicy(sections, chosen.mode);
  const policyInFile =
    overlaid || (sections.base["policy"] !== undefined && request.policyWithoutOverlay === undefined);
  const file = opened.file === undefined ? undefined : shortName(request.folder, opened.file);
  const below = (policyInFile ? file : undefined) ?? builtIn(request);
  return {
    file,
    mode: chosen.mode,
    overlays: modes.filter((mode) => sections.overlays[mode] !== undefined),
    settings,
    limits,
    policies,
    policySource: [
      below && overlaid ? `${below} with $${chosen.mode}` : below,
      ...Object.keys(ofEnvironment.input).map((key) => environmentVariables[key] ?? key),
    ]
      .filter(Boolean)
      .join(", "),
    policyInFile,
    places: merged.places,
    findings: findings.map((finding) => placed(opened, finding, merged)),
  };
}

/** What the file would be with the policy that stands for a missing overlay; `undefined` if it has one, or none is to be taken. */
function withoutOverlay(
  { policyWithoutOverlay }: LoadRequest,
  sections: ConfigSections,
  mode: Mode | undefined,
): MergedSection | undefined {
  if (policyWithoutOverlay === undefined) return undefined;
  if (hasOverlaidPolicy(sections, mode)) return undefined;
  const { section, places } = applyMode(sections, mode);
  return { section: { ...section, policy: policyWithoutOverlay, routes: [] }, places };
}

/** What is wrong with the file in another mode than the one that holds: found today, not on the day of the release. */
function checkOther(
  request: LoadRequest,
  opened: OpenedDocument,
  sections: ConfigSections,
  mode: Mode,
): ConfigFinding[] {
  const merged = applyMode(sections, mode);
  const { findings: ofPolicies } = buildPolicies(merged.section["policy"], merged.section);
  const { findings: ofSettings } = resolveSettings({ flags: {}, environment: {}, section: merged.section });
  const { findings: ofLimits } = readLimits(merged.section["limits"]);
  return [...ofPolicies, ...ofSettings, ...ofLimits]
    .map((finding) => placed(opened, finding, merged))
    .filter(({ path }) => path.startsWith(`$${mode}`))
    .map((finding) => (request.everyMode === true ? finding : { ...finding, severity: "warning" }));
}

/** What no key of a merged configuration looks like: a flag or a variable. */
const outside = /^(?:--|[A-Z][A-Z0-9_]*$)/;

/** A finding with the place where it stands in the file. @param merged where it is about the merged configuration */
function placed(opened: OpenedDocument, finding: ConfigFinding, merged?: MergedSection): ConfigFinding {
  if (merged !== undefined && outside.test(finding.path)) return finding;
  const place = placeOf(merged?.places ?? new Map(), finding.path);
  if (place.kind === "outside" || opened.file === undefined) return { ...finding, path: place.path };
  return { ...finding, path: place.path, file: opened.file, ...opened.document?.locate(place.path) };
}

function hasOverlaidPolicy({ overlays }: ConfigSections, mode: Mode | undefined): boolean {
  return mode !== undefined && overlays[mode]?.["policy"] !== undefined;
}

function builtIn({ basePolicy, policyWithoutOverlay }: LoadRequest): string | undefined {
  if (policyWithoutOverlay !== undefined) return "the preset development";
  return basePolicy === undefined ? undefined : "the demo's own";
}

/** A file's name as one would type it here: relative where it lies below, whole otherwise. */
function shortName(folder: string, file: string): string {
  const name = relative(folder, file);
  return name.startsWith(`..${sep}`) || isAbsolute(name) ? file : name;
}

function unique(findings: readonly ConfigFinding[]): readonly ConfigFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, path, line, message }) => {
    const key = JSON.stringify([code, path, line, message]);
    return !seen.has(key) && seen.add(key);
  });
}
