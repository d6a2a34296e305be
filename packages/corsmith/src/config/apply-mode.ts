import { type Environment, nearestName, type PolicyInput, type PresetName, presets } from "@corsmith/cors";
import { joinPath, type Place } from "./config-document.ts";
import { type ConfigFinding, configError } from "./config-finding.ts";
import { type ConfigSections, isMode, isSection, type Mode, modes, type Section } from "./config-sections.ts";
import type { Flags } from "./settings.ts";

/** A configuration with its overlay laid over it, and the places from which its parts come. */
export interface MergedSection {
  readonly section: Section;
  readonly places: Map<string, Place>;
}

/**
 * The keys whose own keys are replaced one by one; every other value is replaced whole, and lists are never joined: a production list to
 * which development's origins were added would trust `http://localhost:*` in production.
 */
const mergedByKey = ["policy", "limits"];

/** Lays the overlay of a mode over the base. Without a mode, or an overlay for it, the base alone counts. */
export function applyMode(sections: ConfigSections, mode: Mode | undefined): MergedSection {
  const places = new Map<string, Place>([["policy", { kind: "file", path: sections.policyPath }]]);
  const overlay = mode === undefined ? undefined : sections.overlays[mode];
  if (overlay === undefined) return { section: sections.base, places };
  const section: Record<string, unknown> = { ...sections.base };
  for (const [key, value] of Object.entries(overlay)) {
    const below = section[key];
    const path = `$${mode}.${key}`;
    if (mergedByKey.includes(key) && isSection(below) && isSection(value)) {
      section[key] = replaceKeys(below, value);
      for (const name of replacedBy(value))
        places.set(joinPath(key, name), { kind: "file", path: joinPath(path, name) });
    } else {
      section[key] = value;
      places.set(key, { kind: "file", path });
    }
  }
  return { section, places };
}

/** Lays the policy of the environment over a policy. */
export function applyEnvironment(below: unknown, input: PolicyInput): unknown {
  if (Object.keys(input).length === 0) return below;
  return isSection(below) ? replaceKeys(below, { ...input }) : input;
}

/**
 * One layer over another. A preset that the upper one names stands for the keys that it sets: it replaces those below it too, or
 * `$development: { policy: { preset: development } }` would change nothing where the base names its origins.
 */
function replaceKeys(below: Section, above: Section): Section {
  const replaced = new Set(replacedBy(above));
  return { ...Object.fromEntries(Object.entries(below).filter(([key]) => !replaced.has(key))), ...above };
}

function replacedBy(above: Section): readonly string[] {
  const name = above["preset"];
  const isPreset = typeof name === "string" && Object.hasOwn(presets, name);
  return [...Object.keys(above), ...(isPreset ? Object.keys(presets[name as PresetName].policy) : [])];
}

/**
 * Which overlay holds: that of `--mode`, else that of `NODE_ENV`, else none. `--mode` must name one; `NODE_ENV` belongs to the
 * whole machine and may say anything, but a warning says so where there are overlays.
 */
export function chooseMode(
  flags: Flags,
  environment: Environment,
  hasOverlays: boolean,
): { readonly mode: Mode | undefined; readonly findings: readonly ConfigFinding[] } {
  const { mode } = flags;
  if (mode !== undefined)
    return isMode(mode) ? { mode, findings: [] } : { mode: undefined, findings: [unknownMode(mode)] };
  const ambient = environment["NODE_ENV"];
  if (isMode(ambient)) return { mode: ambient, findings: [] };
  return { mode: undefined, findings: hasOverlays && ambient ? [withoutOverlay(ambient)] : [] };
}

function unknownMode(mode: string): ConfigFinding {
  const message = `A mode is ${modes.join(" or ")}.`;
  return configError("mode-unknown", "--mode", mode, message, nearestName(mode, modes) ?? "production");
}

function withoutOverlay(value: string): ConfigFinding {
  const message = "No section has this name, so the file applies without one.";
  const fix = `NODE_ENV=${nearestName(value, modes) ?? "production"}, or --mode`;
  return { ...configError("mode-without-overlay", "NODE_ENV", value, message, fix), severity: "warning" };
}
