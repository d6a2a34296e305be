import { isSafelistedMethod, normalizeMethod } from "../http/methods.ts";
import { checkPolicy } from "../policy/define-policy.ts";
import { nearestName } from "../policy/nearest-name.ts";
import type { MigrationDraft } from "./migration.ts";

type NameKey = "allowMethods" | "allowHeaders" | "exposeHeaders";

/** Where a list of names stood, and whose it was. */
export interface NamesFrom {
  readonly packageName: string;
  /** The name of the option. */
  readonly path: string;
}

/** Translates a list of methods. Those that always pass are not written down. */
export function translateMethods(draft: MigrationDraft, value: unknown, from: NamesFrom): void {
  const names = namesOf(value);
  if (refuseAnyWithCredentials(draft, names, value, from, "methods-any-with-credentials")) return;
  const methods = keepNames(draft, "allowMethods", names, from).map(normalizeMethod);
  const beyond = methods.filter((method) => !isSafelistedMethod(method));
  if (beyond.length > 0) draft.policy.allowMethods = [...new Set(beyond)];
  if (methods.includes("*") || ["GET", "HEAD", "POST"].every((method) => methods.includes(method))) return;
  draft.note(
    "safelisted-methods",
    "info",
    from.path,
    value,
    "GET, HEAD and POST pass every preflight, named or not: to leave one out never kept it out.",
    "Refuse the method in the application's routes, or use crossOriginProtection against strangers.",
  );
}

/** Writes out the methods that a package allows by default. */
export function translateDefaultMethods(draft: MigrationDraft, beyond: readonly string[], from: NamesFrom): void {
  if (beyond.length > 0) draft.policy.allowMethods = beyond;
  draft.note(
    "default-methods",
    "info",
    from.path,
    undefined,
    beyond.length > 0
      ? `${from.packageName} allows ${beyond.join(", ")} by default; the policy says so.`
      : `${from.packageName} allows no method beyond GET, HEAD and POST by default; PUT, PATCH and DELETE were refused, and still are.`,
    `allowMethods: ${JSON.stringify(beyond)}`,
  );
}

/** Translates a list of request headers. */
export function translateRequestHeaders(draft: MigrationDraft, value: unknown, from: NamesFrom): void {
  const names = namesOf(value);
  if (refuseAnyWithCredentials(draft, names, value, from, "headers-any-with-credentials")) return;
  const kept = keepNames(draft, "allowHeaders", names, from);
  if (kept.length > 0) draft.policy.allowHeaders = kept;
  if (!kept.includes("*") || kept.includes("authorization")) return;
  draft.note(
    "headers-any-authorization",
    "warning",
    from.path,
    value,
    'By the standard "*" does not cover Authorization, though today\'s browsers let it; the policy holds them to the standard.',
    'If pages send it: allowHeaders: ["*", "authorization"].',
  );
}

/** Writes out that a package allows whatever request headers are asked for. */
export function translateReflectedHeaders(draft: MigrationDraft, value: unknown, from: NamesFrom): void {
  draft.policy.allowHeaders = ["*", "authorization"];
  draft.note(
    "headers-reflected",
    "info",
    from.path,
    value,
    `${from.packageName} allows whatever request headers are asked for, as nothing is named. The policy says so; names would be safer.`,
    'Name those that your pages send: allowHeaders: ["content-type", "authorization"].',
  );
}

/** Translates a list of response headers. */
export function translateExposedHeaders(draft: MigrationDraft, value: unknown, from: NamesFrom): void {
  const kept = keepNames(draft, "exposeHeaders", namesOf(value), from);
  if (kept.length > 0) draft.policy.exposeHeaders = kept;
}

/** Names with commas in between, or a list of them (which the packages join with commas). */
function namesOf(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts
    .flatMap((text) => (typeof text === "string" ? text : "").split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function keepNames(draft: MigrationDraft, key: NameKey, names: readonly string[], from: NamesFrom): readonly string[] {
  const allowCredentials = draft.policy.allowCredentials === true;
  const kept = names.filter((name) => {
    const findings = checkPolicy({ allowOrigins: ["https://any.example"], allowCredentials, [key]: [name] });
    for (const { code, severity, message, fix } of findings) {
      draft.note(code, "warning", from.path, name, severity === "error" ? `It is left out. ${message}` : message, fix);
    }
    return !findings.some(({ severity }) => severity === "error");
  });
  return [...new Set(key === "allowMethods" ? kept : kept.map((name) => name.toLowerCase()))];
}

/** With credentials, browsers take `*` for an ordinary name: it has allowed nothing, and in a policy it would. */
function refuseAnyWithCredentials(
  draft: MigrationDraft,
  names: readonly string[],
  value: unknown,
  { packageName, path }: NamesFrom,
  code: "methods-any-with-credentials" | "headers-any-with-credentials",
): boolean {
  if (draft.policy.allowCredentials !== true || !names.includes("*")) return false;
  const message = `${packageName} sends a literal "*", which with credentials is an ordinary name and allowed nothing. It is left out.`;
  draft.note(code, "warning", path, value, message, "Name what your pages use.");
  const others = names.filter((name) => name !== "*");
  if (others.length === 0) return true;
  if (code === "methods-any-with-credentials") translateMethods(draft, others, { packageName, path });
  else translateRequestHeaders(draft, others, { packageName, path });
  return true;
}

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
