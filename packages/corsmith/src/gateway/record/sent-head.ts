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

/** What the answer said, by the headers that were written: nothing before that. */
export function sentAnswer(response: WithHeaders): DecisionAnswer {
  const sent = new Map<string, string>();
  const raw = response[headers] ?? [];
  for (let place = 0; place < raw.length; place += 2) {
    const name = raw[place] ?? "";
    // Nearly every other name is neither as short nor as long.
    if (name.length !== 4 && name.length < 22) continue;
    const key = name.toLowerCase();
    const value = raw[place + 1] ?? "";
    const before = key === "vary" ? sent.get(key) : undefined;
    sent.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return {
    allowOrigin: sent.get("access-control-allow-origin"),
    allowCredentials: sent.get("access-control-allow-credentials") === "true",
    allowMethods: sent.get("access-control-allow-methods"),
    allowHeaders: sent.get("access-control-allow-headers"),
    exposeHeaders: sent.get("access-control-expose-headers"),
    maxAge: sent.get("access-control-max-age"),
    vary: sent.get("vary"),
  };
}
