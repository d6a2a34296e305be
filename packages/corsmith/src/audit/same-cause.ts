import type { FindingCode } from "./finding-code.ts";
import type { Observation } from "./observation.ts";

const lookalikes = [
  "suffix-match",
  "prefix-match-dot",
  "prefix-match-nodot",
  "substring-match",
  "reverse-containment",
  "unescaped-dot",
  "special-char-bypass",
  "any-subdomain",
  "any-port",
  "case-insensitive",
  "malformed-origin-accepted",
  "insecure-scheme",
] as const;
const shared = [
  "public-suffix-wildcard",
  "shared-hosting-trust",
  "localhost-in-production",
  "localhost-prefix",
  "private-address-trust",
  "foreign-scheme-trust",
] as const;
const beginning = ["special-char-bypass", "any-port", "malformed-origin-accepted", "duplicate-origin-header"] as const;
const everything = [...lookalikes, ...shared, "null-credentials", "null-anonymous", "duplicate-origin-header"] as const;

/** What else is seen where this is wrong: to mend the one is to mend the others. */
const consequences: Readonly<Partial<Record<FindingCode, readonly FindingCode[]>>> = {
  "reflect-any-credentials": everything,
  "reflect-any-anonymous": everything,
  "substring-match": [
    "suffix-match",
    "prefix-match-dot",
    "prefix-match-nodot",
    "any-subdomain",
    "case-insensitive",
    "insecure-scheme",
    ...beginning,
  ],
  "suffix-match": [
    "unescaped-dot",
    "any-subdomain",
    "insecure-scheme",
    "malformed-origin-accepted",
    "duplicate-origin-header",
  ],
  "prefix-match-dot": beginning,
  "prefix-match-nodot": beginning,
  "special-char-bypass": ["duplicate-origin-header"],
  "localhost-prefix": ["localhost-in-production"],
  "duplicate-acao": ["two-owners", "invalid-acao-syntax", "allowlist-disclosure"],
};

/** An observation, and the codes of those that have the same cause. */
export interface Caused extends Observation {
  readonly sameCause: readonly FindingCode[];
}

/** One observation a cause: what only follows from another one is named there. */
export function byCause(observations: readonly Observation[]): readonly Caused[] {
  const codes = new Set(observations.map(({ code }) => code));
  const follows = (code: FindingCode): boolean =>
    [...codes].some((cause) => consequences[cause]?.includes(code) === true);
  return observations
    .filter(({ code }) => !follows(code))
    .map((observation) => ({
      ...observation,
      sameCause: (consequences[observation.code] ?? []).filter((code) => codes.has(code)),
    }));
}
