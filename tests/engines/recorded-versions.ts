import { readFileSync } from "node:fs";
import type { RealEngine } from "../oracle/oracle-case.ts";

/** Where the versions of the recorded engines stand. */
export const recordedVersionsFile = new URL("../oracle/recorded-versions.json", import.meta.url);

/** The versions of the engines whose verdicts are recorded. */
export function readRecordedVersions(): Readonly<Record<RealEngine, string>> {
  return JSON.parse(readFileSync(recordedVersionsFile, "utf8"));
}
