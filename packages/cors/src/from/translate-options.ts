import { isSafelistedMethod, normalizeMethod } from "../http/methods.ts";
import { checkPolicy } from "../policy/check-policy.ts";
import type { MigrationDraft } from "./migration.ts";

type NameKey = "allowMethods" | "allowHeaders" | "exposeHeaders";

/** Translates a list of methods. Those that always pass are not written down. */
export function translateMethods(draft: MigrationDraft, value: unknown, path: string): void {
  const named = namesOf(value);
  if (refuseAnyWithCredentials(draft, named, value, path, "methods-any-with-credentials")) return;
  const names = named.filter(
    (name) => isSafelistedMethod(normalizeMethod(name)) || !refuseOtherCase(draft, name, path),
  );
  const methods = keepNames(draft, "allowMethods", names, path).map(normalizeMethod);
  const beyond = methods.filter((method) => !isSafelistedMethod(method));
  if (beyond.length > 0) draft.policy.allowMethods = [...new Set(beyond)];
  if (methods.includes("*") || ["GET", "HEAD", "POST"].every((method) => methods.includes(method))) return;
  draft.note(
    "safelisted-methods",
    path,
    value,
    "GET, HEAD and POST pass every preflight, named or not: to leave one out never kept it out.",
    "Refuse the method in the application's routes, or use crossOriginProtection against other sites.",
  );
}

/** A policy writes `put` as browsers do, and would allow what they have refused until now. */
function refuseOtherCase(draft: MigrationDraft, name: string, path: string): boolean {
  const method = normalizeMethod(name);
  if (method === name) return false;
  const message = `Browsers send ${method}, and look for it in the list as it is written there: ${JSON.stringify(name)} never let it pass. It is left out.`;
  draft.note("method-never-matched", path, name, message, `If it is meant to pass: allowMethods: ["${method}"]`);
  return true;
}

/** Writes out the methods that a package allows by default. */
export function translateDefaultMethods(draft: MigrationDraft, beyond: readonly string[], path: string): void {
  if (beyond.length > 0) draft.policy.allowMethods = beyond;
  draft.note(
    "default-methods",
    path,
    undefined,
    beyond.length > 0
      ? `${draft.packageName} allows ${beyond.join(", ")} by default; the policy says so.`
      : `${draft.packageName} allows no method beyond GET, HEAD and POST by default; PUT, PATCH and DELETE were refused, and still are.`,
    `allowMethods: ${JSON.stringify(beyond)}`,
  );
}

/** Translates a list of request headers. */
export function translateRequestHeaders(draft: MigrationDraft, value: unknown, path: string): void {
  const names = namesOf(value);
  if (refuseAnyWithCredentials(draft, names, value, path, "headers-any-with-credentials")) return;
  const kept = keepNames(draft, "allowHeaders", names, path);
  if (kept.length > 0) draft.policy.allowHeaders = kept;
  if (!kept.includes("*") || kept.includes("authorization")) return;
  draft.note(
    "headers-any-authorization",
    path,
    value,
    'By the standard "*" does not cover Authorization, though today\'s browsers let it; the policy holds them to the standard.',
    'If pages send it: allowHeaders: ["*", "authorization"].',
  );
}

/** Writes out that a package allows whatever request headers are asked for. */
export function translateReflectedHeaders(draft: MigrationDraft, value: unknown, path: string): void {
  draft.policy.allowHeaders = ["*", "authorization"];
  draft.note(
    "headers-reflected",
    path,
    value,
    `${draft.packageName} allows whatever request headers are asked for, as nothing is named. The policy says so; names would be safer.`,
    'Name those that your pages send: allowHeaders: ["content-type", "authorization"].',
  );
}

/** Translates a list of response headers. */
export function translateExposedHeaders(draft: MigrationDraft, value: unknown, path: string): void {
  const kept = keepNames(draft, "exposeHeaders", namesOf(value), path);
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

function keepNames(draft: MigrationDraft, key: NameKey, names: readonly string[], path: string): readonly string[] {
  const allowCredentials = draft.policy.allowCredentials === true;
  const kept = names.filter((name) => {
    const findings = checkPolicy({ allowOrigins: ["https://any.example"], allowCredentials, [key]: [name] });
    for (const finding of findings) {
      const message = `${finding.severity === "error" ? "It is left out. " : ""}${finding.message}`;
      draft.notes.push({ ...finding, severity: "warning", path, value: name, message });
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
  path: string,
  code: "methods-any-with-credentials" | "headers-any-with-credentials",
): boolean {
  if (draft.policy.allowCredentials !== true || !names.includes("*")) return false;
  const message = `${draft.packageName} sends a literal "*", which with credentials is an ordinary name and allowed nothing. It is left out.`;
  draft.note(code, path, value, message, "Name what your pages use.");
  const others = names.filter((name) => name !== "*");
  if (others.length === 0) return true;
  if (code === "methods-any-with-credentials") translateMethods(draft, others, path);
  else translateRequestHeaders(draft, others, path);
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
    draft.note("max-age-dropped", "maxAge", value, message, "maxAge: 7200");
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
  draft.note("max-age-rewritten", "maxAge", value, message, `maxAge: ${maxAge}`);
}

/** Translates the status of a preflight that passes. */
export function translatePreflightStatus(draft: MigrationDraft, value: unknown): void {
  if (value === 204) return;
  if (value === 200) {
    draft.policy.preflightStatus = 200;
    return;
  }
  const status = Number(value);
  const ok = status >= 200 && status <= 299;
  if (!ok) {
    leaveOutPreflights(draft, value);
    return;
  }
  draft.note(
    "preflight-status",
    "optionsSuccessStatus",
    value,
    "Browsers take every status from 200 to 299 for a yes; a policy knows 204 and 200.",
    "preflightStatus: 204",
  );
}

/** With a status that is not ok no preflight passes, whatever is listed: so nothing is. */
function leaveOutPreflights(draft: MigrationDraft, value: unknown): void {
  const { allowMethods, allowHeaders } = draft.policy;
  delete draft.policy.allowMethods;
  delete draft.policy.allowHeaders;
  const lists = Object.entries({ allowMethods, allowHeaders }).filter(([, names]) => names !== undefined);
  draft.note(
    "preflight-status",
    "optionsSuccessStatus",
    value,
    "Browsers take only a status from 200 to 299 for a yes: no preflight ever passed. The methods and headers for which they ask are left out.",
    lists.length === 0
      ? "Remove it."
      : `If they are meant to pass: ${lists.map(([key, names]) => `${key}: ${JSON.stringify(names)}`).join(", ")}`,
  );
}

/** Notes that what is not a preflight now reaches the application. @param how the package answered it, where that is special */
export function noteOptionsRequests(draft: MigrationDraft, how = ""): void {
  draft.note(
    "options-requests",
    "",
    undefined,
    `${draft.packageName} answered every OPTIONS request itself${how}. Now only preflights are answered (OPTIONS with Origin and Access-Control-Request-Method); others reach the application.`,
    "Nothing, unless a health check or a client relies on the old answer.",
  );
}

/** Notes an option that would let preflights through to the application. */
export function notePreflightContinue(draft: MigrationDraft, value: unknown): void {
  draft.note(
    "preflight-continue",
    "preflightContinue",
    value,
    "Preflights went on to the application. Now they are answered before it, whatever its OPTIONS routes do.",
    "Remove the OPTIONS routes that only served preflights.",
  );
}
