import { nearestName } from "../policy/nearest-name.ts";
import type { MigrationDraft } from "./migration.ts";

/** Notes every option that the package has never read: usually one of another package's. */
export function noteUnknownOptions(
  draft: MigrationDraft,
  options: Readonly<Record<string, unknown>>,
  known: readonly string[],
  packageName: string,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const fix =
      near === undefined ? "Remove it." : `It was probably meant as ${near}; write that in the policy if it still is.`;
    draft.note(
      "option-unknown",
      "warning",
      name,
      value,
      `${packageName} has no option ${name}, and never read it.`,
      fix,
    );
  }
}

/** Notes that what is not a preflight now reaches the application. */
export function noteOptionsRequests(draft: MigrationDraft, before: string): void {
  draft.note(
    "options-requests",
    "info",
    "",
    undefined,
    `${before} Now only preflights are answered (OPTIONS with Origin and Access-Control-Request-Method); others reach the application.`,
    "Nothing, unless a health check or a client relies on the old answer.",
  );
}

/** Notes an option that would let preflights through to the application. */
export function notePreflightContinue(draft: MigrationDraft, value: unknown): void {
  draft.note(
    "preflight-continue",
    "warning",
    "preflightContinue",
    value,
    "Preflights went on to the application. Now they are answered before it, whatever its OPTIONS routes do.",
    "Remove the OPTIONS routes that only served preflights.",
  );
}

/** Notes an option that has nothing to do with CORS, or that nothing can do any more. */
export function noteWithoutCounterpart(
  draft: MigrationDraft,
  path: string,
  value: unknown,
  message: string,
  fix: string,
): void {
  draft.note("option-without-counterpart", "warning", path, value, message, fix);
}

/** Notes that nothing was switched on, so that there is nothing to translate. */
export function noteDisabled(draft: MigrationDraft, value: unknown, packageName: string, what: string): void {
  draft.note(
    "origin-disabled",
    "warning",
    "origin",
    value,
    `With this origin ${packageName} ${what}. No policy says that.`,
    "Register no adapter where no page of another origin may read.",
  );
}
