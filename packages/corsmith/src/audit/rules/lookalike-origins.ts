import { printable } from "@corsmith/cors/observe";
import { allowsCredentials } from "../../check/cors-fields.ts";
import type { Severity } from "../../reports/severity.ts";
import { answersTo, type Evidence, namesAsker } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";
import type { VariantCode } from "../probes/origin-variant.ts";

/** With credentials, and without. Undefined is nothing to speak of. */
const severityOf: Readonly<Record<VariantCode, readonly [Severity, Severity | undefined]>> = {
  "suffix-match": ["critical", "high"],
  "prefix-match-dot": ["critical", "high"],
  "prefix-match-nodot": ["critical", "high"],
  "substring-match": ["critical", "high"],
  "reverse-containment": ["critical", "high"],
  "unescaped-dot": ["critical", "high"],
  "special-char-bypass": ["high", "medium"],
  "any-subdomain": ["medium", "info"],
  "any-port": ["low", "low"],
  "case-insensitive": ["info", "info"],
  "malformed-origin-accepted": ["info", "info"],
  "insecure-scheme": ["high", "medium"],
  "public-suffix-wildcard": ["critical", "high"],
  "shared-hosting-trust": ["high", "medium"],
  "localhost-in-production": ["medium", "low"],
  "localhost-prefix": ["critical", "high"],
  "private-address-trust": ["low", "low"],
  "foreign-scheme-trust": ["medium", "medium"],
};

/** No browser sends these, so none can be asked whether it would let such a page read. */
const neverSent: ReadonlySet<VariantCode> = new Set(["case-insensitive", "malformed-origin-accepted"]);

/** Origins that look like a trusted one, or that strangers share, and are let in. */
export const lookalikeOrigins: Rule = (evidence) => {
  const letIn = answersTo(evidence, "variant").filter(namesAsker);
  const codes = [...new Set(letIn.map(({ variant }) => variant))].filter((code) => code !== undefined);
  return codes.flatMap((code) =>
    observe(
      code,
      letIn.filter(({ variant }) => variant === code),
      evidence,
    ),
  );
};

function observe(code: VariantCode, letIn: readonly Answered[], evidence: Evidence): readonly Observation[] {
  const seen = letIn.filter((asked) => !isFine(code, asked));
  // The most telling one first: it decides how bad it is.
  const [first] = seen.toSorted((a, b) => rank(b) - rank(a));
  const severity = first && severityFor(code, first);
  if (first === undefined || severity === undefined) return [];
  const origins = seen.slice(0, 3).map(({ origin = "" }) => printable(origin, 120));
  return [
    {
      code,
      severity: severity === "info" || !evidence.target.isPrivate || severity !== "low" ? severity : "medium",
      says: `Let in: ${origins.join(", ")}${seen.length > 3 ? ` and ${seen.length - 3} more` : ""}.`,
      seen: [first, ...seen.filter((asked) => asked !== first)],
      ...(neverSent.has(code) || !isWebOrigin(first) ? {} : { readable: first }),
    },
  ];
}

function severityFor(code: VariantCode, { origin = "", answer }: Answered): Severity | undefined {
  // The one malformed origin that browsers do send; its host is the same one's.
  if (code === "malformed-origin-accepted" && origin.endsWith(".")) return "low";
  const [withCredentials, without] = severityOf[code];
  return allowsCredentials(answer) ? withCredentials : without;
}

function rank({ origin = "", answer }: Answered): number {
  return (allowsCredentials(answer) ? 2 : 0) + (origin.endsWith(".") ? 1 : 0);
}

/** Apps in a web view share these origins. Without credentials they bring their own token, and everybody knows that. */
function isFine(code: VariantCode, { origin = "", answer }: Answered): boolean {
  if (allowsCredentials(answer)) return false;
  if (code === "localhost-in-production") return origin === "http://localhost";
  return code === "foreign-scheme-trust" && /^(?:capacitor|ionic|tauri):/.test(origin);
}

/** The simulator knows pages of hosts as the URL standard writes them; some engines let more marks pass. */
function isWebOrigin({ origin = "" }: Answered): boolean {
  return /^https?:\/\/[a-z\d._-]+(?::\d+)?$/.test(origin);
}
