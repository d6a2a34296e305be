import { checkPolicy } from "../policy/check-policy.ts";
import type { MigrationDraft } from "./migration.ts";

/** Translates a preflight's age, which packages send as it was written. */
export function translateMaxAge(draft: MigrationDraft, value: unknown): void {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  if (/^-\d+$/.test(text)) {
    rewrite(draft, value, 0, "Some browsers read a negative age as none at all, others as their default.");
    return;
  }
  if (!/^\d+$/.test(text)) {
    const message = "No browser can read this age, and each took its own default. It is left out.";
    draft.note("max-age-dropped", "warning", "maxAge", value, message, "maxAge: 7200");
    return;
  }
  const seconds = Number(text);
  const [tooLong] = checkPolicy({ allowOrigins: ["https://any.example"], maxAge: seconds });
  if (tooLong !== undefined) {
    rewrite(draft, value, Number(tooLong.fix), `No browser keeps an answer longer than ${tooLong.fix} seconds.`);
  } else if (typeof value === "number") {
    draft.policy.maxAge = seconds;
  } else {
    rewrite(draft, value, seconds, "An age is a number in a policy.");
  }
}

function rewrite(draft: MigrationDraft, value: unknown, maxAge: number, message: string): void {
  draft.policy.maxAge = maxAge;
  draft.note("max-age-rewritten", "info", "maxAge", value, message, `maxAge: ${maxAge}`);
}

/** Translates the status of a preflight that passes. */
export function translatePreflightStatus(draft: MigrationDraft, path: string, value: unknown): void {
  if (value === 204) return;
  if (value === 200) {
    draft.policy.preflightStatus = 200;
    return;
  }
  const ok = typeof value === "number" && value >= 200 && value <= 299;
  draft.note(
    "preflight-status",
    "warning",
    path,
    value,
    ok
      ? "Browsers take every status from 200 to 299 for a yes; a policy knows 204 and 200."
      : "Browsers take only a status from 200 to 299 for a yes: no preflight ever passed.",
    ok ? "preflightStatus: 204" : "Leave it out.",
  );
}
