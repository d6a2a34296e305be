import type { OracleRequest, ScriptedAnswer } from "../../oracle/oracle-case.ts";
import { answerBodies, decorations, exposed, failures, maxAges, successes } from "./answer-words.ts";
import type { Chooser } from "./chooser.ts";

type Line = readonly [name: string, value: string];

/** For whom an answer is meant. */
export interface Asker {
  /** As the request's `Origin` says it: `$A`, `null`. */
  readonly origin: string;
  readonly request: OracleRequest;
}

const lines = (name: string, values: readonly string[]): readonly Line[] => values.map((value) => [name, value]);

/** The lines by which an answer lets the asker read it. */
export function allowLines(choose: Chooser, { origin, request }: Asker): readonly Line[] {
  const credentials = request.credentials === "include";
  const allowOrigin = credentials || choose.chance(65) ? origin : "*";
  const name = choose.chance(90) ? "access-control-allow-origin" : "Access-Control-Allow-Origin";
  return [
    [name, allowOrigin],
    ...(credentials || choose.chance(15) ? lines("access-control-allow-credentials", ["true"]) : []),
  ];
}

/** An answer to a preflight that allows the request. */
export function goodPreflight(choose: Chooser, asker: Asker): ScriptedAnswer {
  const headers = [
    ...allowLines(choose, asker),
    ...lines("access-control-allow-methods", allowMethods(choose, asker.request)),
    ...lines("access-control-allow-headers", allowHeaders(choose, asker.request)),
    ...(choose.chance(25) ? lines("access-control-max-age", [choose.oneOf(maxAges)]) : []),
    ...(choose.chance(3) ? lines("access-control-expose-headers", [choose.oneOf(exposed)]) : []),
  ];
  return { status: choose.oneOf([200, 200, 204, 204, 204, 204, 202, 206, 299]), headers, body: "" };
}

function allowMethods(choose: Chooser, { method, credentials }: OracleRequest): readonly string[] {
  const name = normalized(method);
  if (/^(GET|HEAD|POST)$/.test(name) && choose.chance(35)) return [];
  if (credentials !== "include" && choose.chance(12)) return ["*"];
  const names = [name, ...choose.some(["GET", "PUT", "DELETE", "POST", "PURGE"], 3)];
  if (choose.chance(6)) return names;
  return [names.join(choose.oneOf([", ", ", ", ",", " , "]))];
}

function allowHeaders(choose: Chooser, { headers, credentials }: OracleRequest): readonly string[] {
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))];
  const covered = !names.includes("authorization");
  if (credentials !== "include" && covered && choose.chance(15)) return ["*"];
  if (names.length === 0 && choose.chance(60)) return [];
  const all = [...names, ...choose.some(["x-other", "content-type"], 2)];
  const cased = all.map((name) => (choose.chance(15) ? name.toUpperCase() : name));
  if (choose.chance(6)) return cased;
  return [cased.join(choose.oneOf([", ", ", ", ",", " , "]))];
}

function normalized(method: string): string {
  return /^(delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
}

/** An answer that the asker may read, with more or less around it. */
export function goodActual(choose: Chooser, asker: Asker): ScriptedAnswer {
  const headers = [
    ...allowLines(choose, asker),
    ...(choose.chance(45) ? lines("access-control-expose-headers", exposedLines(choose)) : []),
    ...(choose.chance(55) ? choose.some(decorations, 7) : []),
  ];
  const status = choose.chance(75) ? choose.oneOf(successes) : choose.oneOf(failures);
  return { status, headers, body: choose.oneOf(answerBodies) };
}

function exposedLines(choose: Chooser): readonly string[] {
  return choose.chance(85) ? [choose.oneOf(exposed)] : [choose.oneOf(exposed), choose.oneOf(exposed)];
}

/** The answer with these lines instead of those of the name. */
export function withLines(answer: ScriptedAnswer, name: string, values: readonly string[]): ScriptedAnswer {
  const rest = answer.headers.filter(([own]) => own.toLowerCase() !== name);
  return { ...answer, headers: [...rest, ...lines(name, values)] };
}
