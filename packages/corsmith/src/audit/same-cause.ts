import type { MisconfigurationCode } from "../misconfigurations/catalogue.ts";
import type { Observation } from "./evidence.ts";
import { lookalikeCodes, sharedCodes } from "./probes/origin-variant.ts";

const beginning = ["special-char-bypass", "any-port", "malformed-origin-accepted", "duplicate-origin-header"] as const;
const everything = [
  ...lookalikeCodes,
  ...sharedCodes,
  "null-credentials",
  "null-anonymous",
  "duplicate-origin-header",
] as const;

/** What else is seen where this is wrong: to fix the one is to fix the others. */
const consequences: Readonly<Partial<Record<MisconfigurationCode, readonly MisconfigurationCode[]>>> = {
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
  readonly sameCause: readonly MisconfigurationCode[];
}

/** One observation a cause: what only follows from another one is named there. */
export function byCause(observations: readonly Observation[]): readonly Caused[] {
  const codes = new Set(observations.map(({ code }) => code));
  const follows = (code: MisconfigurationCode): boolean =>
    [...codes].some((cause) => consequences[cause]?.includes(code) === true);
  return observations
    .filter(({ code }) => !follows(code))
    .map((observation) => ({
      ...observation,
      sameCause: (consequences[observation.code] ?? []).filter((code) => codes.has(code)),
    }));
}
