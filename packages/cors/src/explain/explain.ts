import { type Explanation, explanationOf, findExplanation, knownCodes } from "../failures/catalogue.ts";
import type { ExplanationCode, Reporter } from "../failures/chapter.ts";
import { nearestName } from "../policy/nearest-name.ts";
import { type Caution, cautionsIn } from "./cautions.ts";
import type { Facts } from "./facts.ts";
import { type FoundMessage, findMessages } from "./find-messages.ts";
import { readableText } from "./message-template.ts";
import { type Certainty, type Possibility, refineCodes } from "./refine-codes.ts";
import { findTranslated } from "./translated-firefox.ts";

/** One failure that a text reports. */
export interface Match {
  readonly code: ExplanationCode;
  /** Shared by every match of this code. */
  readonly explanation: Explanation;
  readonly certainty: Certainty;
  /** Why it is this one, in a clause. */
  readonly why: string;
  /** Whose words these are; absent for a library, a server or a bare code. */
  readonly engine?: Reporter;
  /** The message as it is in the catalogue, with its places open. */
  readonly message: string;
  readonly facts: Facts;
  /** What else the same text can mean, likeliest first. */
  readonly others: readonly Possibility[];
  /** How often the text reports it. */
  readonly times: number;
}

/** Nothing that is known. */
interface Unknown {
  readonly outcome: "unknown";
  /** `empty`: nothing was given. `near-cors`: it mentions CORS, but no browser writes this. `not-cors`: nothing in it points to CORS. */
  readonly reason: "empty" | "near-cors" | "not-cors";
  /** What to paste instead. */
  readonly hint: string;
}

/** What a text reports. If it is known, there is at least one match; best first. */
export type Explained = (Unknown | { readonly outcome: "known"; readonly matches: readonly Match[] }) & {
  readonly cautions: readonly Caution[];
  /** Was the text longer than the limit? */
  readonly truncated: boolean;
};

/**
 * Finds in a text, a console's error message or a whole page of them, which failures it reports. Reads the words of Chromium, Firefox (in
 * every language, by the link at the end) and WebKit, of a few servers and libraries, or a code of this catalogue. The text may come
 * from anywhere: it is read up to 65,536 characters, in a time that grows with its length, and nothing that may be secret is given back.
 *
 * @example
 * ```ts
 * import { explain } from "@corsmith/cors/explain";
 *
 * const explained = explain(
 *   "Access to fetch at 'https://api.example.com/me?token=1' from origin 'https://app.example.com' has been blocked by CORS policy: " +
 *     "Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.",
 * );
 * console.assert(explained.outcome === "known");
 * if (explained.outcome === "known") {
 *   const [first] = explained.matches;
 *   console.assert(first?.code === "method-not-allowed" && first.engine === "chromium");
 *   console.assert(first?.facts.method === "PATCH" && first.facts.url === "https://api.example.com/me?...");
 * }
 * ```
 */
export function explain(pasted: string): Explained {
  const readable = readableText(pasted);
  const cautions = cautionsIn(readable.text);
  const { truncated } = readable;
  const word = readable.text.trim();
  const named = findExplanation(word);
  if (named !== undefined) return { outcome: "known", matches: [bareCode(named, word)], cautions, truncated };
  const found = findMessages(readable);
  const messages = found.some(({ isVague }) => !isVague) ? found : [...findTranslated(readable.text), ...found];
  const matches = merge(withoutFollowUps(messages).map(match));
  if (matches.length > 0) return { outcome: "known", matches, cautions, truncated };
  return { ...whyUnknown(readable.plain, word), cautions, truncated };
}

/** A line without a reason counts only if no line has one. */
function withoutFollowUps(messages: readonly FoundMessage[]): readonly FoundMessage[] {
  const reasons = messages.filter(({ isVague }) => !isVague);
  if (reasons.length > 0) return reasons;
  const firefox = messages.filter(({ known }) => known.codes[0] === "cors-request-did-not-succeed");
  return firefox.length > 0 ? firefox : messages;
}

function match({ known, engine, facts }: FoundMessage): Match {
  const [first, ...others] = refineCodes(known.codes, { facts, engine });
  const code = first?.code ?? "opaque-network-error";
  return {
    code,
    explanation: explanationOf(code),
    certainty: first?.certainty ?? "possible",
    why: first?.why ?? "",
    ...(engine === undefined ? {} : { engine }),
    message: known.message,
    facts,
    others,
    times: 1,
  };
}

function bareCode(explanation: Explanation, word: string): Match {
  const { code } = explanation;
  const why = word === code ? "it is the code itself" : "it is the code of the same fact, seen from the server's side";
  return { code, explanation, certainty: "said", why, message: word, facts: {}, others: [], times: 1 };
}

/** One failure is often reported twice: by the reason and by the line after it, or once for each request. */
function merge(matches: readonly Match[]): readonly Match[] {
  const merged: Match[] = [];
  for (const match of matches) {
    const index = merged.findIndex((known) => known.code === match.code && agree(known.facts, match.facts));
    const known = merged[index];
    if (known === undefined) merged.push(match);
    else merged[index] = { ...known, facts: { ...match.facts, ...known.facts }, times: known.times + 1 };
  }
  return merged;
}

function agree(one: Facts, other: Facts): boolean {
  return Object.entries(one).every(([name, value]) => (other[name as keyof Facts] ?? value) === value);
}

const hints: Readonly<Record<Unknown["reason"], string>> = {
  empty:
    "Paste the whole error message from the browser's console (F12), including what follows “CORS policy:” or “Reason:”.",
  "near-cors":
    "This mentions CORS, but not why a browser blocked it. Paste the whole error message from the browser's console (F12), including what follows “CORS policy:” or “Reason:”, or check the request itself: corsmith check URL --origin ORIGIN.",
  "not-cors":
    "This contains no message about a failed request. Paste the whole error message from the browser's console (F12).",
};

function whyUnknown(plain: string, word: string): Unknown {
  const meant = /^[a-z]+(?:-[a-z]+)+$/i.test(word) ? nearestName(word, knownCodes) : undefined;
  if (meant !== undefined) {
    return { outcome: "unknown", reason: "near-cors", hint: `There is no code "${word}". Did you mean ${meant}?` };
  }
  const isNear = /cors|cross-origin|access-control-|preflight|same origin policy|from origin /.test(plain);
  const reason = plain.trim() === "" ? "empty" : isNear ? "near-cors" : "not-cors";
  return { outcome: "unknown", reason, hint: hints[reason] };
}
