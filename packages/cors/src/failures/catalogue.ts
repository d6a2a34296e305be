import type { Actor, Chapter, Entry, ExplanationCode } from "./chapter.ts";
import { allowOriginValue, missingAllowOrigin } from "./chapters/allow-origin.ts";
import { blocked, localNetwork } from "./chapters/blocked.ts";
import { credentials } from "./chapters/credentials.ts";
import { invalidRequest, modes } from "./chapters/invalid-request.ts";
import { headers, methods } from "./chapters/methods-and-headers.ts";
import { network, noReason } from "./chapters/network.ts";
import { preflightRedirect, preflightStatus } from "./chapters/preflight.ts";
import { redirects } from "./chapters/redirects.ts";
import { errorsWithoutCors, wrongAnswer } from "./chapters/unexpected-answers.ts";
import { type Failure, failureOf, isFailureCode } from "./failure.ts";
import { type Section, sectionNamed } from "./sections.ts";

/** What can be done, and by whom. */
export interface Fix {
  readonly who: Actor;
  readonly what: string;
}

/** Everything about one failure. */
export interface Explanation
  extends Partial<Failure>,
    Omit<Required<Entry>, "firefoxName" | "section" | "fixes">,
    Pick<Entry, "firefoxName"> {
  readonly code: ExplanationCode;
  readonly section: Section;
  /** Best first. */
  readonly fixes: readonly Fix[];
}

/** The whole catalogue. Where several failures share a message, the likelier comes first. */
const catalogue: Chapter = {
  ...missingAllowOrigin,
  ...credentials,
  ...methods,
  ...headers,
  ...allowOriginValue,
  ...preflightStatus,
  ...preflightRedirect,
  ...noReason,
  ...network,
  ...modes,
  ...redirects,
  ...errorsWithoutCors,
  ...wrongAnswer,
  ...blocked,
  ...invalidRequest,
  ...localNetwork,
};

function explanation(code: ExplanationCode, entry: Entry): Explanation {
  const fixes = Object.entries(entry.fixes).flatMap(([who, what]) =>
    [what].flat().map((one) => ({ who: who as Actor, what: one })),
  );
  return Object.freeze({
    ...(isFailureCode(code) ? failureOf(code) : {}),
    messages: {},
    misconfigurations: [],
    seeAlso: [],
    ...entry,
    code,
    section: sectionNamed(entry.section),
    fixes,
  });
}

/**
 * Every explanation: first the four errors that everyone meets, then what is near them, then what only looks like CORS.
 *
 * @example
 * ```ts
 * import { explanations } from "@corsmith/cors/explain";
 *
 * const lookalikes = explanations.filter(({ kind }) => kind === "lookalike");
 * console.assert(lookalikes.some(({ code }) => code === "server-down"));
 * ```
 */
export const explanations: readonly Explanation[] = Object.freeze(
  Object.entries(catalogue).map(([code, entry]) => explanation(code as ExplanationCode, entry)),
);

/** By code, and by the code of the misconfiguration that is the same fact. */
const byName: ReadonlyMap<string, Explanation> = new Map([
  ...explanations.flatMap((one) => one.misconfigurations.map((name) => [name, one] as const)).reverse(),
  ...explanations.map((one) => [one.code, one] as const),
]);

/** Every code that can be explained, those of the misconfigurations included. */
export const knownCodes: readonly string[] = [...byName.keys()];

/**
 * The explanation of one failure: every code of a trace has one.
 *
 * @throws {RangeError} for a code that is not in the catalogue
 *
 * @example
 * ```ts
 * import { explanationOf } from "@corsmith/cors/explain";
 *
 * const { title, section, fixes } = explanationOf("header-not-allowed");
 * console.assert(section.url.startsWith("https://fetch.spec.whatwg.org/"));
 * console.assert(fixes[0]?.who === "server");
 * ```
 */
export function explanationOf(code: ExplanationCode): Explanation {
  const found = byName.get(code);
  if (found === undefined) throw new RangeError(`code: ${JSON.stringify(code)} is not a failure code.`);
  return found;
}

/**
 * The explanation with this code, or with the code of a misconfiguration that is the same fact; undefined if there is none.
 *
 * @example
 * ```ts
 * import { findExplanation } from "@corsmith/cors/explain";
 *
 * console.assert(findExplanation("wildcard-with-credentials")?.code === "wildcard-origin-with-credentials");
 * ```
 */
export function findExplanation(name: string): Explanation | undefined {
  return byName.get(name);
}

/** Is this a code that can be explained? */
export function isExplanationCode(text: string): text is ExplanationCode {
  return byName.get(text)?.code === text;
}
