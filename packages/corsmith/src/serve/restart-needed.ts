import { isDeepStrictEqual } from "node:util";
import { formatAddress } from "../config/address.ts";
import type { Configuration } from "../config/configuration.ts";
import { shownJournal } from "../config/parse-settings.ts";
import { Secret } from "../config/secret.ts";
import { settingDefaults } from "../config/settings.ts";

/** One setting that was edited while running, and is taken up by a restart only. */
export interface PendingChange {
  readonly key: string;
  readonly running: unknown;
  readonly edited: unknown;
}

/** What of a configuration differs from the running one, beside the policies. */
export function pendingChanges(running: Configuration, edited: Configuration): readonly PendingChange[] {
  const names = Object.keys(settingDefaults) as readonly (keyof typeof settingDefaults)[];
  const settings = names.map((key) => ({
    key,
    running: plain(running.settings[key].value),
    edited: plain(edited.settings[key].value),
  }));
  const limits = { key: "limits", running: running.limits, edited: edited.limits };
  return [...settings, limits].filter((change) => !isDeepStrictEqual(change.running, change.edited));
}

/** A value as it is written, for the log. */
function plain(value: Configuration["settings"][keyof Configuration["settings"]]["value"]): unknown {
  if (value instanceof URL) return value.origin;
  if (value instanceof Secret) return value.toJSON();
  if (typeof value === "object" && "kind" in value) return shownJournal(value);
  return typeof value === "object" && "port" in value ? formatAddress(value) : value;
}
