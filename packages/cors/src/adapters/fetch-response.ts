import { isCorsResponseHeader } from "../http/header-names.ts";
import type { Exchange } from "../observe/exchange.ts";
import { mergeVary } from "../respond/merge-vary.ts";
import type { Answer } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";

/**
 * A copy of the response with the headers of the answer. A status below 200 cannot be given to a new response; such a one is returned
 * as it is.
 *
 * @see https://fetch.spec.whatwg.org/#initialize-a-response
 */
export function withAnswer(response: Response, answer: Answer, reports: AdapterReports): Response {
  if (response.status < 200) return response;
  const headers = new Headers(response.headers);
  applyToHeaders(headers, answer, reports);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** Puts the headers of the answer among others, which must be mutable. */
export function applyToHeaders(headers: Headers, answer: Answer, reports: AdapterReports): void {
  for (const [name, value] of [...headers]) {
    if (!isCorsResponseHeader(name)) continue;
    reports.onConflict(name, value);
    headers.delete(name);
  }
  for (const [name, value] of answer.headers) headers.set(name, value);
  if (answer.vary !== undefined) headers.set("Vary", mergeVary(headers.get("Vary") ?? undefined, answer.vary));
}

/** The answer alone, without the application. */
export function bareResponse(status: number, answer: Answer, reports: AdapterReports): Response {
  return withAnswer(unheadedResponse(status, answer), answer, reports);
}

/**
 * The answer's status and body, without its headers. A response without a body says so, or servers would send it in chunks, of which
 * there are none; only a 204 may not say it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6
 */
export function unheadedResponse(status: number, { body }: Answer): Response {
  if (status === 204) return new Response(null, { status });
  const { text = null, type } = body ?? {};
  const headers = new Headers({ "Content-Length": String(text?.length ?? 0) });
  if (type !== undefined) headers.set("Content-Type", type);
  return new Response(text, { status, headers });
}

/** Shows what the adapter hands on to those who watch, and hands it on. What is no response yet is not shown. */
export function shown<Made>(exchange: Exchange, made: Made): Made {
  if (made instanceof Response) exchange.onResponse?.(made);
  return made;
}

/** What a browser is to see of an error that nobody else answered. */
export function failedResponse(error: unknown, reports: AdapterReports): Response {
  reports.onError(error);
  return new Response("Internal Server Error", { status: 500 });
}
