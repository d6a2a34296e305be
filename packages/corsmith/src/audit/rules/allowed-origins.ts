import type { Severity } from "@corsmith/cors";
import { printable } from "@corsmith/cors/observe";
import { allowOrigin, allowsCredentials, headerMembers, headerValue } from "../../live/headers.ts";
import { namesAsker, type Observation, type Rule } from "../evidence.ts";
import type { VariantCode } from "../probes/origin-variant.ts";
import type { Answered } from "../probes/probe.ts";
import type { Target } from "../target.ts";

/** Are origins allowed that the server cannot know? Two of them, so that it is not chance; or a preflight, where the URL is not for GET. */
const reflectedOrigin: Rule = ({ first, target: { isPrivate } }) => {
  const unknownOrigin = first("unknown-origin");
  const other = first("second-unknown-origin");
  const preflight = first("unknown-origin-preflight");
  const withCookie = first("unknown-origin-with-cookie");
  if (isNamed(unknownOrigin) && isNamed(other)) return reflects([unknownOrigin, other], "requests", isPrivate);
  if (isNamed(withCookie) && allowsCredentials(withCookie.answer)) {
    const before = allowOrigin(unknownOrigin?.answer) ?? "nothing";
    const message = `Without a cookie the response says ${before}; with any cookie it allows an origin that it cannot know.`;
    const seen = [withCookie, ...(unknownOrigin === undefined ? [] : [unknownOrigin])];
    return { code: "cookie-triggered-reflection", severity: "critical", message, seen, readable: withCookie };
  }
  return isNamed(preflight) ? reflects([preflight], "preflights", isPrivate) : undefined;
};

function isNamed(asked: Answered | undefined): asked is Answered {
  return asked !== undefined && namesAsker(asked);
}

function reflects(seen: readonly [Answered, ...Answered[]], asked: string, isPrivate: boolean): Observation {
  const [first] = seen;
  const message = `${asked === "requests" ? "Two origins that the server cannot know are" : "The preflight of an origin that the server cannot know is"} allowed.`;
  const shown = { message, seen, ...(asked === "requests" ? { readable: first } : {}) };
  if (allowsCredentials(first.answer)) return { code: "reflect-any-credentials", severity: "critical", ...shown };
  return { code: "reflect-any-anonymous", severity: isPrivate ? "high" : "medium", ...shown };
}

/** Is the origin allowed that every sandboxed frame has? */
const nullOrigin: Rule = ({ first, target }) => {
  const asked = first("null-origin");
  if (!isNamed(asked)) return undefined;
  const shown = { message: "The origin null is allowed.", seen: [asked], readable: asked };
  if (allowsCredentials(asked.answer)) return { code: "null-credentials", severity: "high", ...shown };
  return { code: "null-anonymous", severity: target.isPrivate ? "medium" : "low", ...shown };
};

/** With credentials, and without. Undefined: not worth reporting. */
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

/** Origins that look like a trusted one, or that anybody can use, and are allowed. */
const lookalikeOrigins: Rule = ({ all, target }) => {
  const allowed = Map.groupBy(all("variant").filter(namesAsker), ({ variant }) => variant);
  return [...allowed].flatMap(([code, seen]) => (code === undefined ? [] : observe(code, seen, target)));
};

function observe(code: VariantCode, allowed: readonly Answered[], target: Target): readonly Observation[] {
  const seen = allowed.filter((asked) => !isFine(code, asked));
  // The most telling one first: it decides how bad it is.
  const [first] = seen.toSorted((a, b) => rank(b) - rank(a));
  const severity = first && severityFor(code, first);
  if (first === undefined || severity === undefined) return [];
  const origins = seen.slice(0, 3).map(({ origin = "" }) => printable(origin, 120));
  return [
    {
      code,
      severity: severity === "low" && target.isPrivate ? "medium" : severity,
      message: `Allowed: ${origins.join(", ")}${seen.length > 3 ? ` and ${seen.length - 3} more` : ""}.`,
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

/** Apps in a web view share these origins. Without credentials they bring their own token, so they may be allowed. */
function isFine(code: VariantCode, { origin = "", answer }: Answered): boolean {
  if (allowsCredentials(answer)) return false;
  if (code === "localhost-in-production") return origin === "http://localhost";
  return code === "foreign-scheme-trust" && /^(?:capacitor|ionic|tauri):/.test(origin);
}

/** The simulator knows pages of hosts as the URL standard writes them; some engines let more marks pass. */
function isWebOrigin({ origin = "" }: Answered): boolean {
  return /^https?:\/\/[a-z\d._-]+(?::\d+)?$/.test(origin);
}

const wildcardWithCredentials: Rule = ({ all, first }) => {
  const asked = all("known", "unknown-origin", "known-preflight", "unknown-origin-preflight");
  const pair = asked.find(({ answer }) => allowOrigin(answer) === "*" && allowsCredentials(answer));
  // With a cookie it says something worse: that is another rule's.
  if (pair === undefined || isNamed(first("unknown-origin-with-cookie"))) return undefined;
  const message = "The response says Access-Control-Allow-Origin: * and Access-Control-Allow-Credentials: true.";
  return { code: "wildcard-with-credentials", severity: "low", message, seen: [pair] };
};

/**
 * What a page reads under `*` is what anybody gets without cookies. That is too much only where it matters from where one asks; an answer
 * made for one user contradicts the `*`, and that is all it does.
 */
const wildcardOnSensitive: Rule = ({ first, target }) => {
  const asked = first("unknown-origin");
  if (asked === undefined || allowOrigin(asked.answer) !== "*") return undefined;
  const shown = { code: "wildcard-on-sensitive", seen: [asked] } as const;
  if (target.isPrivate) {
    const message = `${target.hostname} is on a private network, and its response says *.`;
    return { ...shown, severity: "medium", message, readable: asked };
  }
  const { headers } = asked.answer;
  const isPersonal = headerMembers(headers, "cache-control").some((word) => /^private(?:=|$)/i.test(word));
  if (!isPersonal && headerValue(headers, "set-cookie") === undefined) return undefined;
  const mark = isPersonal ? "Cache-Control: private" : "Set-Cookie";
  const message = `The response says *, and with ${mark} that it was made for one user. Without credentials a page reads what anyone gets.`;
  return { ...shown, severity: "info", message };
};

/** Are origins allowed that should not be, or every one? */
export const originRules: readonly Rule[] = [
  reflectedOrigin,
  nullOrigin,
  lookalikeOrigins,
  wildcardWithCredentials,
  wildcardOnSensitive,
];
