import type { ScriptedAnswer } from "../../oracle/oracle-case.ts";
import { allowCredentialsFaults, allowHeadersFaults, allowMethodsFaults, allowOriginFaults } from "./answer-words.ts";
import { type Asker, withLines } from "./answers.ts";
import type { Chooser } from "./chooser.ts";

/** An answer with something wrong in it, and what. */
export interface Faulty {
  readonly answer: ScriptedAnswer;
  readonly tag: string;
}

const preflightStatuses = [301, 302, 303, 307, 308, 300, 304, 400, 401, 403, 404, 405, 500, 503];

/** Puts one fault into the answer to a preflight. */
export function spoilPreflight(choose: Chooser, answer: ScriptedAnswer, asker: Asker): Faulty {
  const credentials = asker.request.credentials === "include";
  const spoilers = [
    () => spoilOrigin(choose, answer, asker, "preflight"),
    () => spoilMethods(choose, answer, asker),
    () => spoilHeaders(choose, answer, asker),
    () => spoilHeaders(choose, answer, asker),
    () => (credentials ? spoilCredentials(choose, answer, "preflight") : spoilMethods(choose, answer, asker)),
    () => spoilStatus(choose, answer),
  ];
  return choose.oneOf(spoilers)();
}

/** Puts one fault into the answer to the request itself. */
export function spoilActual(choose: Chooser, answer: ScriptedAnswer, asker: Asker): Faulty {
  const credentials = asker.request.credentials === "include";
  return credentials && choose.chance(40)
    ? spoilCredentials(choose, answer, "actual")
    : spoilOrigin(choose, answer, asker, "actual");
}

function spoilOrigin(choose: Chooser, answer: ScriptedAnswer, { origin }: Asker, which: string): Faulty {
  const fault = choose.oneOf(Object.keys(allowOriginFaults));
  const values = (allowOriginFaults[fault] ?? []).map((value) => value.replace("@", origin));
  return { answer: withLines(answer, "access-control-allow-origin", values), tag: `${which}-origin:${fault}` };
}

function spoilCredentials(choose: Chooser, answer: ScriptedAnswer, which: string): Faulty {
  const fault = choose.oneOf(Object.keys(allowCredentialsFaults));
  const values = allowCredentialsFaults[fault] ?? [];
  return {
    answer: withLines(answer, "access-control-allow-credentials", values),
    tag: `${which}-credentials:${fault}`,
  };
}

function spoilMethods(choose: Chooser, answer: ScriptedAnswer, { request }: Asker): Faulty {
  const fault = choose.oneOf(Object.keys(allowMethodsFaults));
  const values = (allowMethodsFaults[fault] ?? []).map((value) => value.replace("@", request.method));
  return { answer: withLines(answer, "access-control-allow-methods", values), tag: `methods:${fault}` };
}

function spoilHeaders(choose: Chooser, answer: ScriptedAnswer, { request }: Asker): Faulty {
  const names = [...new Set(request.headers.map(([name]) => name.toLowerCase()))];
  if (names.length > 1 && choose.chance(25)) {
    return {
      answer: withLines(answer, "access-control-allow-headers", [names.slice(1).join(", ")]),
      tag: "headers:missing-one",
    };
  }
  const fault = choose.oneOf(Object.keys(allowHeadersFaults));
  const values = (allowHeadersFaults[fault] ?? []).map((value) => value.replace("@", names.join(", ")));
  return { answer: withLines(answer, "access-control-allow-headers", values), tag: `headers:${fault}` };
}

function spoilStatus(choose: Chooser, answer: ScriptedAnswer): Faulty {
  const status = choose.oneOf(preflightStatuses);
  const moved = status >= 301 && status <= 308 && status !== 304 && choose.chance(80);
  const headers = moved ? [...answer.headers, ["location", "/p2"] as const] : answer.headers;
  return { answer: { ...answer, status, headers }, tag: `preflight-status:${status}` };
}
