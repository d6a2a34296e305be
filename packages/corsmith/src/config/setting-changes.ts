import { isDeepStrictEqual } from "node:util";
import { policyKeys } from "@corsmith/cors";
import { isSection, type Section } from "./config-sections.ts";
import { readConfigText } from "./read-config-file.ts";

/** A key of a file that is no policy, and differs. */
export interface SettingChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
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
  return new Map(Object.entries(value).flatMap(([key, part]) => settingsAt(key, part)));
}

/** An overlay's keys one by one, for it may hold policies and settings. */
function settingsAt(key: string, part: unknown): readonly (readonly [string, unknown])[] {
  if (policyParts.includes(key)) return [];
  return key.startsWith("$") && isSection(part) ? settingsInOverlay(key, part) : [[key, part]];
}

function settingsInOverlay(key: string, overlay: Section): readonly (readonly [string, unknown])[] {
  return Object.entries(overlay)
    .filter(([name]) => !policyParts.includes(name))
    .map(([name, part]) => [`${key}.${name}`, part]);
}
