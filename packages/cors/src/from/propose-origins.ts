import { checkPolicy } from "../policy/check-policy.ts";
import type { MigrationDraft } from "./migration.ts";

/**
 * How these entries are written in the policy, each as it must be to be allowed there. If they cannot be, what to do instead: a proposal
 * that `definePolicy` refuses helps nobody.
 */
export function proposeOrigins(draft: MigrationDraft, entries: readonly string[]): string {
  const allowCredentials = draft.policy.allowCredentials === true;
  const fixFor = (allowOrigins: readonly string[]) => checkPolicy({ allowOrigins, allowCredentials })[0]?.fix;
  const mended = [...new Set(entries.map((entry) => fixFor([entry]) ?? entry))];
  const advice = mended.find((entry) => fixFor([entry]) !== undefined);
  return advice ?? fixFor(mended) ?? `allowOrigins: ${JSON.stringify(mended)}`;
}
