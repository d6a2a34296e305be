import { answersTo, answerTo, type Evidence, letsIn, welcomed, welcomedPreflights } from "./evidence.ts";
import { type FindingCode, findingCodes } from "./finding-code.ts";
import { lookalikeCodes, sharedCodes } from "./probes/origin-variant.ts";

/** Seen only where a page is let in. */
const ofWelcome: ReadonlySet<FindingCode> = new Set([
  "wildcard-token-with-credentials",
  "authorization-under-wildcard",
  "methods-over-permissive",
  "headers-reflected",
  "expose-sensitive",
  "missing-vary-preflight",
  "error-response-without-cors",
  "path-normalisation-gap",
]);
/** Seen only by preflights of pages that are meant to be let in. */
const ofPreflight: ReadonlySet<FindingCode> = new Set([
  "max-age-excessive",
  "max-age-missing",
  "preflight-bad-status",
  "preflight-needs-auth",
  "preflight-actual-mismatch",
]);
const ofVariants: ReadonlySet<FindingCode> = new Set([...lookalikeCodes, ...sharedCodes]);

/** The codes that these answers could have shown. */
export function judgedCodes(evidence: Evidence): readonly FindingCode[] {
  const variants = new Set<FindingCode | undefined>(answersTo(evidence, "variant").map(({ variant }) => variant));
  // Where everybody is let in, nobody has to look like somebody else.
  const asksVariants = variants.size > 0;
  const isWelcome = (welcomed(evidence) ?? welcomedPreflights(evidence).find(letsIn)) !== undefined;
  const hasPreflight = welcomedPreflights(evidence).length > 0;
  return findingCodes.filter((code) => {
    if (ofVariants.has(code)) return !asksVariants || variants.has(code);
    if (ofWelcome.has(code)) return isWelcome;
    if (ofPreflight.has(code)) return hasPreflight;
    if (code === "cached-acao") return answerTo(evidence, "cache-second") !== undefined;
    if (code === "duplicate-origin-header") return answerTo(evidence, "two-origins") !== undefined;
    if (code === "origin-as-authorization") return evidence.origins.length > 0;
    return code !== "host-not-validated" || answerTo(evidence, "foreign-host") !== undefined;
  });
}
