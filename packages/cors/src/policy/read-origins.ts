import { isLoopbackHost } from "../origin/host.ts";
import { formatOriginPattern, type OriginPattern } from "../origin/origin-pattern.ts";
import { type OriginFault, parseOriginPattern } from "../origin/parse-origin-pattern.ts";
import type { Dangers } from "./policy-input.ts";
import { type ListEntry, type PolicyReport, readEntries } from "./read-value.ts";

/** What the rest of a policy says that the origins depend on. */
export interface OriginContext {
  readonly allowCredentials: boolean;
  readonly hasLookup: boolean;
  readonly dangers: Dangers;
  readonly isPublicSuffix: (host: string) => boolean;
}

/** Reads `allowOrigins`, reports every mistake in it, and returns the entries that are right, each once. */
export function readOrigins(report: PolicyReport, value: unknown, context: OriginContext): readonly OriginPattern[] {
  const entries = readEntries(report, "allowOrigins", value, (path, entry) => refuseExpression(report, path, entry));
  const patterns = new Map<string, OriginPattern>();
  for (const entry of entries) {
    const pattern = readOrigin(report, entry, context);
    if (pattern !== undefined) patterns.set(formatOriginPattern(pattern), pattern);
  }
  if (context.dangers.allowNullOrigin === true) patterns.set("null", { kind: "null" });
  if (isEmpty(value) && !context.hasLookup) refuseEmpty(report, value);
  if (patterns.has("*") && entries.length > 1) refuseAnyNotAlone(report, value);
  return [...patterns.values()];
}

function readOrigin(report: PolicyReport, entry: ListEntry, context: OriginContext): OriginPattern | undefined {
  const parsed = parseOriginPattern(entry.value);
  if ("fault" in parsed) {
    const fix = parsed.correction ?? faultFixes[parsed.fault]?.(entry.value) ?? byHand;
    report.error(`origin-${parsed.fault}`, entry.path, entry.value, faultMessages[parsed.fault], fix);
    return undefined;
  }
  refuseDangers(report, entry, parsed.pattern, context);
  return parsed.pattern;
}

/** Reports what is well written but opens too much. @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
function refuseDangers(report: PolicyReport, entry: ListEntry, pattern: OriginPattern, context: OriginContext): void {
  const refuse = (code: Parameters<PolicyReport["error"]>[0], message: string, fix: string) =>
    report.error(code, entry.path, entry.value, message, fix);
  const { allowCredentials, dangers } = context;
  switch (pattern.kind) {
    case "any":
      if (allowCredentials) {
        refuse(
          "origin-any-with-credentials",
          'Any origin ("*") with credentials would let every site act as the user. Browsers reject the combination, and reflecting the origin instead only hides the hole.',
          'Name the origins: allowOrigins: ["https://app.example.com"], or set allowCredentials to false.',
        );
      }
      return;
    case "null":
      if (dangers.allowNullOrigin !== true) {
        refuse(
          "origin-null",
          'The origin "null" is that of every sandboxed frame and every data: page, on any site: to allow it is to allow everyone.',
          "Serve the page from an origin of its own and name that, or set dangerously.allowNullOrigin to true.",
        );
      }
      return;
    default:
      refuseWideTuple(refuse, pattern, context);
  }
}

type Refuse = (code: Parameters<PolicyReport["error"]>[0], message: string, fix: string) => void;
type TuplePattern = OriginPattern & { readonly kind: "exact" | "pattern" };

function refuseWideTuple(refuse: Refuse, pattern: TuplePattern, context: OriginContext): void {
  const { allowCredentials, dangers, isPublicSuffix } = context;
  const loopback = isLoopbackHost(pattern.host);
  if (
    pattern.kind === "pattern" &&
    pattern.subdomains &&
    dangers.allowPublicSuffixes !== true &&
    isPublicSuffix(pattern.host)
  ) {
    refuse(
      "origin-public-suffix",
      `Anyone, including an attacker, can register a name under ${pattern.host} and would then be allowed.`,
      `Name your own hosts: ${pattern.scheme}://your-app.${pattern.host}, or set dangerously.allowPublicSuffixes to true.`,
    );
  }
  if (!allowCredentials || loopback) return;
  if (pattern.scheme === "http" && dangers.allowInsecureOrigins !== true) {
    refuse(
      "origin-insecure-with-credentials",
      "Someone on the network between the user and an http: page can put a script on it, and that script would act as the user.",
      `${formatOriginPattern({ ...pattern, scheme: "https" })}`,
    );
  }
  if (pattern.port === "*" && dangers.allowAnyPortWithCredentials !== true) {
    refuse(
      "origin-any-port-with-credentials",
      `Whatever listens on any port of ${pattern.host} could act as the user.`,
      `${formatOriginPattern({ ...pattern, port: "" })}`,
    );
  }
}

/** A regular expression in the list is the commonest hole of all: unanchored, with dots that match anything. */
function refuseExpression(report: PolicyReport, path: string, entry: unknown): boolean {
  if (!(entry instanceof RegExp)) return false;
  report.error("origin-regular-expression", path, String(entry), faultMessages["regular-expression"], regexFix);
  return true;
}

function refuseEmpty(report: PolicyReport, value: unknown): void {
  const message = "No origin is named, and there is no default policy: none could be right.";
  const fix = 'Name who may read the responses: allowOrigins: ["https://app.example.com"].';
  report.error("origins-missing", "allowOrigins", value, message, fix);
}

function refuseAnyNotAlone(report: PolicyReport, value: unknown): void {
  const message = '"*" already stands for every origin; beside others it is either a leftover or a hole.';
  report.error("origin-any-not-alone", "allowOrigins", value, message, 'Write "*" alone, or remove it.');
}

/** A list that holds only mistakes is not empty: its entries have findings of their own. */
function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

const regexFix = 'Write the origins out, or use a pattern of whole labels: "https://*.example.com".';

const faultMessages: Readonly<Record<OriginFault, string>> = {
  "comma-joined": "This text holds several origins. A list has one origin per entry.",
  "default-port": "A browser never writes the default port into Origin, so this would match nothing.",
  "host-invalid": "This is not a host name as a browser writes it, so it would match nothing.",
  "host-not-ascii": "A browser writes an international name in punycode, so this would match nothing.",
  "ip-not-canonical": "A browser writes an IP address in one canonical form, and this is not it.",
  "pattern-too-wide": "This covers nearly every site there is.",
  "port-invalid": "A port is a number from 1 to 65535 without leading zeros, or * for any.",
  "regular-expression":
    "Regular expressions are not accepted: one unescaped dot or a missing end lets other origins in.",
  "scheme-missing": "An origin begins with its scheme. Without it nothing matches.",
  "scheme-unusable": "No page that can send requests has an origin of this scheme.",
  "too-long": "This is longer than an origin can be (330 bytes).",
  "trailing-slash": "An origin has no trailing slash. With one, nothing matches.",
  uppercase: "Browsers send origins in lower case, and they are compared byte for byte.",
  userinfo: "An origin holds no user name and no password.",
  whitespace: "An origin holds no white space.",
  "wildcard-misplaced":
    'A wildcard stands for whole labels at the front of a web host, or for the port: "https://*.example.com", "http://localhost:*".',
  "with-path": "An origin ends after its host and port: a policy cannot distinguish the paths of a page.",
};

/** What to do where no correction can be worked out and the fault itself says more than this. */
const faultFixes: { readonly [Fault in OriginFault]?: (value: string) => string } = {
  "comma-joined": splitList,
  "pattern-too-wide": () => 'Name the hosts, or use "*" alone without credentials if truly everyone may read.',
  "regular-expression": () => regexFix,
  "scheme-unusable": () => "Remove it; serve the page over https and name that origin.",
  "wildcard-misplaced": () =>
    'Name the hosts one by one, or put a label of your own in between: "https://*.preview.example.com".',
};

const byHand = 'Write it as a browser shows location.origin: "https://app.example.com".';

/** The entries that a joined text was meant to be, each corrected where that can be done. */
function splitList(value: string): string {
  const parts = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const corrected = parts.map((part) => {
    const parsed = parseOriginPattern(part);
    return ("fault" in parsed ? parsed.correction : undefined) ?? part;
  });
  return JSON.stringify(corrected.length === 1 ? corrected[0] : corrected);
}
