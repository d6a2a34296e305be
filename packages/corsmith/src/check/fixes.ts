import { failureOf } from "@corsmith/cors/browser";
import type { Diagnosis, Fix } from "./diagnosis.ts";
import type { JudgedFailure } from "./judge.ts";
import type { Unreached } from "./unreached.ts";

/** Who has to change what: what the answers tell first, then what helps in general. */
export function fixesOf(
  failure: JudgedFailure | undefined,
  diagnosis: Diagnosis | undefined,
  unreached: Unreached | undefined,
): readonly Fix[] {
  if (unreached !== undefined) return [{ who: "server", what: unreached.fix }];
  if (failure === undefined || diagnosis === undefined) return [];
  if (diagnosis.fix !== undefined) return [diagnosis.fix];
  return [{ who: "server", what: failureOf(failure.code).fix }];
}
