import type { RequestFacts } from "../decide/decision.ts";
import { isCorsResponseHeader, isExposeHeaders } from "../http/header-names.ts";
import type { Exchange } from "../observe/pending-responses.ts";
import { type Answer, mergeVary } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";
import { withExposed } from "./expose-headers.ts";

/**
 * A copy of the response with the headers of the answer. A status below 200 cannot be given to a new response; such a one is returned
 * as it is.
 *
 * @see https://fetch.spec.whatwg.org/#initialize-a-response
 */
export function withAnswer(response: Response, answer: Answer, reports: AdapterReports): Response {
  if (answer.untouched || response.status < 200) return response;
  const headers = new Headers(response.headers);
  applyToHeaders(headers, answer, reports);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** Puts the headers of the answer among others, which must be mutable. */
export function applyToHeaders(headers: Headers, answer: Answer, reports: AdapterReports): void {
  if (answer.untouched) return;
  let own = answer.headers;
  for (const [name, value] of [...headers]) {
    if (!isCorsResponseHeader(name)) continue;
    if (isExposeHeaders(name)) own = withExposed(answer, value, reports);
    else reports.onConflict(name, value);
    headers.delete(name);
  }
  for (const [name, value] of own) headers.set(name, value);
  if (answer.vary !== undefined) headers.set("Vary", mergeVary(headers.get("Vary") ?? undefined, answer.vary));
}

/** The status of what is answered without the application. */
export type AnswerStatus = NonNullable<Answer["status"]>;

/** Makes a response; a framework's own way brings the headers that were set before. */
export type MakeResponse = (text: string | null, status: AnswerStatus, headers: Record<string, string>) => Response;

const makeResponse: MakeResponse = (text, status, headers) => new Response(text, { status, headers });

/** The answer alone, without the application. */
export function bareResponse(
  status: AnswerStatus,
  answer: Answer,
  reports: AdapterReports,
  make: MakeResponse = makeResponse,
): Response {
  return withAnswer(unheadedResponse(status, answer, make), answer, reports);
}

/**
 * The answer's status and body, without its headers. A response without a body says so, or servers would send it in chunks, of which
 * there are none; only a 204 may not say it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6
 */
export function unheadedResponse(status: AnswerStatus, { body }: Answer, make: MakeResponse = makeResponse): Response {
  if (status === 204) return make(null, status, {});
  const { text = null, type } = body ?? {};
  const length = { "Content-Length": String(text?.length ?? 0) };
  return make(text, status, type === undefined ? length : { ...length, "Content-Type": type });
}

/** Shows what the adapter hands on to those who watch, and hands it on. What is no response yet is not shown. */
export function shown<Made>(exchange: Exchange, made: Made): Made {
  if (made instanceof Response) exchange.onResponse?.(made);
  return made;
}

/** What a browser is to see of an error that nothing else answered. */
export function failedResponse(error: unknown, reports: AdapterReports): Response {
  reports.onError(error);
  return new Response("Internal Server Error", { status: 500 });
}

/**
 * Reads what a decision needs from a request of the Fetch form. `Headers` joins repeated lines with a comma, and no origin has one: two
 * of them are refused as they must be.
 */
export function factsFromRequest(request: Request): RequestFacts {
  const { headers, method, url } = request;
  const get = (name: string): string | undefined => headers.get(name) ?? undefined;
  return {
    method,
    origin: get("origin"),
    requestMethod: get("access-control-request-method"),
    requestHeaders: get("access-control-request-headers"),
    host: hostOf(url),
    fetchSite: get("sec-fetch-site"),
    upgrade: get("upgrade")?.toLowerCase() === "websocket",
  };
}

function hostOf(url: string): string {
  const start = url.indexOf("://") + 3;
  const end = url.indexOf("/", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}

/** Which answer a request of the Fetch form will get, while the application works on it. */
interface PendingAnswer {
  answer: Answer;
}

const pending = new WeakMap<object, PendingAnswer>();

/**
 * Runs the application with an answer in mind. The outermost adapter gives the answer to what comes of it; one further in only replaces
 * the answer, so that no value can stand twice. Kept beside the request and not on it, and only as long as it is under way.
 *
 * @param request the same object for all adapters that the request meets
 * @param run the application
 * @param finish gives the answer that counts in the end to what came of it
 */
export async function withPendingAnswer<Made, Finished>(
  request: object,
  answer: Answer,
  reports: AdapterReports,
  run: () => Promise<Made>,
  finish: (made: Made, answer: Answer) => Finished,
): Promise<Made | Finished> {
  const outer = pending.get(request);
  if (outer !== undefined) {
    reports.onStacked();
    outer.answer = answer;
    return run();
  }
  if (answer.untouched) return run();
  const mine: PendingAnswer = { answer };
  pending.set(request, mine);
  try {
    return finish(await run(), mine.answer);
  } finally {
    pending.delete(request);
  }
}
