import { isDeepStrictEqual } from "node:util";
import { policyKeys } from "@corsmith/cors";
import { isSection, type Section } from "./config-sections.ts";
import type { Configuration } from "./configuration.ts";
import { readConfigText } from "./read-config-file.ts";
import { settingNames, shownSetting } from "./settings.ts";

/** A setting that differs: what is not a policy, and is read at the start only. */
export interface SettingChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What of a configuration differs from the running one, beside the policies, and waits for a restart. */
export function pendingChanges(running: Configuration, edited: Configuration): readonly SettingChange[] {
  const settings = settingNames.map((key) => ({
    key,
    before: shownSetting(running.settings[key].value),
    after: shownSetting(edited.settings[key].value),
  }));
  const limits = { key: "limits", before: running.limits, after: edited.limits };
  return [...settings, limits].filter(({ before, after }) => !isDeepStrictEqual(before, after));
}

const policyParts: readonly string[] = ["policy", "routes"];

/**
 * What two texts of one file differ in beside policies and routes, as it is written there: also what a flag or a variable hides today. A
 * text that cannot be read has nothing that could be lost.
 */
export function settingChanges(file: string, before: string, after: string): readonly SettingChange[] {
  const [old, now] = [settingsIn(file, before), settingsIn(file, after)];
  if (old === undefined || now === undefined) return [];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)))
    .map((key) => ({ key, before: old.get(key), after: now.get(key) }));
}

function settingsIn(file: string, text: string): ReadonlyMap<string, unknown> | undefined {
  const outcome = readConfigText(file, text);
  const value = outcome.ok ? outcome.document.value : undefined;
  if (!isSection(value)) return undefined;
  // A file may be a policy alone.
  if (Object.keys(value).some((key) => policyKeys.includes(key))) return new Map();
  // An overlay's keys one by one, for it may hold policies and settings.
  const settings = Object.entries(value).flatMap(([key, part]) =>
    key.startsWith("$") && isSection(part)
      ? settingEntries(part).map(([name, each]) => [`${key}.${name}`, each] as const)
      : settingEntries({ [key]: part }),
  );
  return new Map(settings);
}

function settingEntries(section: Section): readonly (readonly [string, unknown])[] {
  return Object.entries(section).filter(([name]) => !policyParts.includes(name));
}
