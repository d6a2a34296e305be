import {
  type ExplanationCode,
  explanationOf,
  type Fix,
  type Snippet,
  type Stack,
  snippets,
} from "@corsmith/cors/explain";
import type { AnsweredBy } from "../live/answered-by.ts";
import type { Unreached } from "../live/unreached.ts";
import type { Diagnosis } from "./check-finding.ts";
import type { CheckRequest } from "./check-request.ts";

const maxFixes = 3;

/** What the catalogue has this one do first. */
export function catalogueFix(code: ExplanationCode, who: Fix["who"]): Pick<Diagnosis, "who" | "fix"> {
  const found = explanationOf(code).fixes.find((fix) => fix.who === who);
  if (found === undefined) throw new RangeError(`The catalogue has nothing that the ${who} can do about ${code}.`);
  return { who, fix: found.what };
}

/** Who has to change what: what the answers show first, then what others can do. */
export function fixesOf(diagnosis: Diagnosis | undefined, unreached: Unreached | undefined): readonly Fix[] {
  if (unreached !== undefined) return [{ who: "server", what: unreached.fix }];
  if (diagnosis === undefined) return [];
  const { code, who = "server", fix } = diagnosis;
  const { fixes } = explanationOf(code);
  if (!hasOwnFix(diagnosis)) return fixes.slice(0, maxFixes);
  // A value that means the origin and is written wrongly is corrected where it is written.
  const own = { who, what: fix };
  if (/(?:allow-origin-mismatch|invalid-allow-origin-value)$/.test(code)) return [own];
  return [own, ...fixes.filter((other) => other.who !== who)].slice(0, maxFixes);
}

/** Do the answers show more exactly what to do than the catalogue? */
function hasOwnFix({ code, fix }: Diagnosis): boolean {
  return fix !== explanationOf(code).fixes[0]?.what;
}

/** Which snippets to write, by who answered. */
const stacks: Readonly<Record<string, Stack>> = {
  nginx: "nginx",
  Apache: "apache",
  Caddy: "caddy",
  HAProxy: "haproxy",
  Express: "express",
  Spring: "spring",
  Django: "django",
  "FastAPI or Starlette": "fastapi",
  uvicorn: "fastapi",
  "AWS API Gateway": "api-gateway",
};

/** What to write into the configuration of the program that answered; undefined if it is not known which, or if no lines help. */
export function snippetFor(
  diagnosis: Diagnosis,
  { origin, method, headers }: CheckRequest,
  { name }: AnsweredBy,
): Snippet | undefined {
  const stack = stacks[name];
  if (stack === undefined || (diagnosis.who === "client" && hasOwnFix(diagnosis))) return undefined;
  const [header] = headers.map(([written]) => written);
  const facts = { origin, method, ...(header === undefined ? {} : { header }) };
  return snippets(diagnosis.code, facts).find((snippet) => snippet.stack === stack);
}
