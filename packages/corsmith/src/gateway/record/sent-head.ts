import type { ServerResponse } from "node:http";
import type { DecisionAnswer } from "@corsmith/cors/observe";

const headers: unique symbol = Symbol("headers of the answer");

interface WithHeaders extends ServerResponse {
  [headers]?: readonly string[];
}

/** Writes the head of an answer, and remembers its headers: Node does not show them once they are written. */
export function writeHead(response: WithHeaders, status: number, reason: string | undefined, raw: string[]): void {
  if (reason === undefined) response.writeHead(status, raw);
  else response.writeHead(status, reason, raw);
  response[headers] = raw;
}

type AnswerSum = { -readonly [Name in keyof DecisionAnswer]: DecisionAnswer[Name] };

/** What the answer said, by the headers that were written: nothing before that. Their names are spelled as the library spells them. */
export function sentAnswer(response: WithHeaders): DecisionAnswer {
  const answer: AnswerSum = {
    allowOrigin: undefined,
    allowCredentials: false,
    allowMethods: undefined,
    allowHeaders: undefined,
    exposeHeaders: undefined,
    maxAge: undefined,
    vary: undefined,
  };
  const raw = response[headers] ?? [];
  for (let place = 0; place < raw.length; place += 2) {
    const name = raw[place] ?? "";
    // Nearly every other name is longer than Vary, and shorter than these.
    if (name.length === 4 || name.length >= 22) note(answer, name, raw[place + 1] ?? "");
  }
  return answer;
}

function note(answer: AnswerSum, name: string, value: string): void {
  switch (name) {
    case "Access-Control-Allow-Origin":
      answer.allowOrigin = value;
      break;
    case "Access-Control-Allow-Credentials":
      answer.allowCredentials = value === "true";
      break;
    case "Access-Control-Allow-Methods":
      answer.allowMethods = value;
      break;
    case "Access-Control-Allow-Headers":
      answer.allowHeaders = value;
      break;
    case "Access-Control-Expose-Headers":
      answer.exposeHeaders = value;
      break;
    case "Access-Control-Max-Age":
      answer.maxAge = value;
      break;
    case "Vary":
      answer.vary = answer.vary === undefined ? value : `${answer.vary}, ${value}`;
  }
}
