import type { ServerResponse } from "node:http";

const headers: unique symbol = Symbol("headers of the answer");

interface WithHeaders extends ServerResponse {
  [headers]?: readonly string[];
}

/** Writes the head of an answer, and remembers its headers: Node does not tell them once they are written. */
export function writeHead(response: WithHeaders, status: number, reason: string | undefined, raw: string[]): void {
  if (reason === undefined) response.writeHead(status, raw);
  else response.writeHead(status, reason, raw);
  response[headers] = raw;
}

/** The headers of an answer as they were written, names and values in turn; none before that. */
export function sentHeaders(response: WithHeaders): readonly string[] {
  return response[headers] ?? [];
}
