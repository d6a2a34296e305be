import { corsHeaders } from "../http/header-names.ts";
import { isToken } from "../http/token.ts";
import type { Answer } from "./respond.ts";

/** The headers of an answer, and what the application wanted exposed and is not. */
export interface ExposedHeaders {
  readonly headers: Answer["headers"];
  /** Members that are not the name of a header, `*` among them. */
  readonly dropped: readonly string[];
}

/**
 * Adds the headers that the application exposes itself to those of the policy, each once, the policy's first. Only an allowed answer says
 * what is exposed, and only names are taken: one member that is not a name makes browsers ignore the whole list, and `*`, under which
 * scripts read all that the application will ever send, is the policy's alone to say.
 *
 * @param lines the application's own `Access-Control-Expose-Headers`: one line, or several
 * @see https://fetch.spec.whatwg.org/#http-access-control-expose-headers
 *
 * @example
 * ```ts
 * import { decide, definePolicy, mergeExposeHeaders, respond } from "@corsmith/cors";
 *
 * const policy = definePolicy({ allowOrigins: "*", exposeHeaders: ["etag"] });
 * const answer = respond(decide(policy, { method: "GET", origin: "https://any.example" }));
 * const { headers, dropped } = mergeExposeHeaders(answer, "Upload-Offset, *");
 * console.assert(headers.at(-1)?.[1] === "etag, Upload-Offset");
 * console.assert(dropped[0] === "*");
 * ```
 */
export function mergeExposeHeaders(answer: Answer, lines: string | readonly string[]): ExposedHeaders {
  const { headers } = answer;
  if (answer.status !== undefined || headers.length === 0) return { headers, dropped: [] };
  const own = headers.find(([name]) => name === corsHeaders.exposeHeaders)?.[1];
  if (own === "*") return { headers, dropped: [] };
  const names = new Map<string, string>();
  const dropped: string[] = [];
  for (const member of `${own ?? ""},${lines}`.split(",")) {
    const name = member.trim();
    if (name === "") continue;
    if (name === "*" || !isToken(name)) dropped.push(name);
    else if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size === 0) return { headers, dropped };
  const others = headers.filter(([name]) => name !== corsHeaders.exposeHeaders);
  return { headers: [...others, [corsHeaders.exposeHeaders, [...names.values()].join(", ")]], dropped };
}
