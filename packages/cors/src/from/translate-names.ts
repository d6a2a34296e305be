import { isSafelistedMethod, normalizeMethod } from "../http/methods.ts";
import { checkPolicy } from "../policy/check-policy.ts";
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
