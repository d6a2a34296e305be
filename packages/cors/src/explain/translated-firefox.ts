import type { ExplanationCode } from "../failures/chapter.ts";
import { factsOf } from "./facts.ts";
import type { FoundMessage } from "./find-messages.ts";
import { knownMessages } from "./known-messages.ts";

/** In characters; longer lines are not read. */
const maxLineLength = 4096;
/** Chromium's own words, which it never translates. */
const ofChromium = /blocked by CORS policy/i;
/** Words in quotes, in the quotes of many languages. */
const quoted = /[“«‘„"'`「]\s?([^“”«»‘’„"'`「」\n]{1,200}?)\s?[”»’“"'`」]/g;

/**
 * Firefox writes in its user's language, and only the link after a message is the same in all of them. Where that was not copied, names of
 * headers and values are still in quotes, and a status at the end: each reason has its own set of them.
 */
export function findTranslated(text: string): readonly FoundMessage[] {
  return text
    .split("\n")
    .filter(
      (line) =>
        line.length <= maxLineLength &&
        /cors|access-control-allow-/i.test(line) &&
        /https?:\/\//.test(line) &&
        !ofChromium.test(line),
    )
    .map(readLine)
    .filter((found) => found !== undefined);
}

function readLine(line: string): FoundMessage | undefined {
  const [url = ""] = /https?:\/\/[^\s'"“”«»‘’)，。、（]+/.exec(line) ?? [];
  const words = [...line.matchAll(quoted)].map(([, word = ""]) => word);
  const at = words.findIndex((word) => /^access-control-allow-\w+$/i.test(word));
  const name = words[at]?.toLowerCase().replace("access-control-allow-", "");
  const values = words.filter(
    (word, index) => index !== at && word !== url && !/^(?:same.origin.*|preflight)$/i.test(word),
  );
  const reason = reasonOf(name, name === "origin" ? words.slice(at + 1) : values, line);
  if (reason === undefined) return undefined;
  const status = /[:：]\s?([1-5]\d\d)\b/.exec(line)?.[1];
  const places = new Map([
    ["url", url],
    ...reason.places,
    ...(status === undefined ? [] : [["status", status] as const]),
  ]);
  return { known: reason.known, engine: "firefox", facts: factsOf(places), isVague: reason.isVague };
}

const wildcard = "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'";

interface Reason extends Pick<FoundMessage, "known" | "isVague"> {
  readonly places: readonly (readonly [place: string, value: string])[];
}

function reasonOf(name: string | undefined, [value]: readonly string[], line: string): Reason | undefined {
  switch (name) {
    case "origin":
      if (value === undefined) return missingReason(line);
      if (value === "*") return reason(wildcard);
      return reason("CORS header 'Access-Control-Allow-Origin' does not match '{value}'", ["value", value]);
    case "credentials":
      // The Spanish text names the wrong header.
      if (value === "*") return reason(wildcard);
      return reason("expected 'true' in CORS header 'Access-Control-Allow-Credentials'");
    case "methods":
      return value === undefined
        ? reason("Did not find method in CORS header 'Access-Control-Allow-Methods'")
        : reason("invalid token '{value}' in CORS header 'Access-Control-Allow-Methods'", ["value", value]);
    case "headers":
      return value === undefined ? undefined : headerReason(value);
    default:
      return withoutName(line);
  }
}

/** Two headers are reported like a missing one, except for the status at the end. */
function missingReason(line: string): Reason | undefined {
  const found = reason("CORS header 'Access-Control-Allow-Origin' missing");
  return /[:：]\s?[1-5]\d\d\b/.test(line) ? found : orElse(found, "multiple-allow-origin-values");
}

/** A header that is not allowed and an invalid token are reported with the same two quotes. */
function headerReason(header: string): Reason | undefined {
  const message =
    "header '{header}' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response";
  return orElse(reason(message, ["header", header]), "invalid-allow-headers");
}

function orElse(found: Reason | undefined, code: ExplanationCode): Reason | undefined {
  return found && { ...found, known: { ...found.known, codes: [...found.known.codes, code] } };
}

/** Without an answer there is no status, with a preflight's there is one; every other reason names a header. */
function withoutName(line: string): Reason | undefined {
  if (/[:：]\s?\(null\)/.test(line)) return reason("CORS request did not succeed");
  return /[:：]\s?[1-5]\d\d[\s.。]*$/.test(line) ? reason("CORS preflight response did not succeed") : undefined;
}

function reason(message: string, ...places: Reason["places"]): Reason | undefined {
  const known = knownMessages.find((one) => one.message === message);
  return known === undefined ? undefined : { known, places, isVague: message === "CORS request did not succeed" };
}
