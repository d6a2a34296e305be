import { redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { headerValue } from "../check/header-lines.ts";
import { whyUnreached } from "../check/unreached.ts";
import { answersTo, answerTo, type Evidence, letsIn, opennessOf } from "./evidence.ts";

/** What the audit could not see, and what would let it. @param error why the server was left alone, if it was */
export function notesOf(evidence: Evidence, error: unknown): readonly string[] {
  const { target, origins } = evidence;
  const base = answerTo(evidence, "without-origin")?.answer;
  const location = base && headerValue(base.headers, "location");
  const isRedirect = base !== undefined && base.status >= 300 && base.status < 400 && location !== undefined;
  const isUnknown = origins.length === 0 && opennessOf(evidence) === "selective";
  return [
    ...refused(evidence),
    ...(isUnknown
      ? [
          "Which pages are allowed is not known, so only strangers were asked. --origin https://app.example.com names one.",
        ]
      : []),
    ...(isRedirect ? [`The URL leads elsewhere, to ${printable(redactUrl(location), 200)}: audit that one too.`] : []),
    ...(base !== undefined && [401, 403].includes(base.status)
      ? [
          `The answers are ${base.status}. With -H 'authorization: …' or -H 'cookie: …' those of a user who is logged in are judged.`,
        ]
      : []),
    ...(error === undefined ? [] : [`The audit stopped early: ${whyUnreached(target.url, error).says}`]),
  ];
}

function refused(evidence: Evidence): readonly string[] {
  return answersTo(evidence, "known")
    .filter((asked) => !letsIn(asked))
    .map(
      ({ origin, answer: { status } }) =>
        `${origin} is not let in (${status}). corsmith check ${redactUrl(evidence.target.url)} --origin ${origin} says why.`,
    );
}
