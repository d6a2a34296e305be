import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiProblem } from "./api-problem.ts";

/** Answers with a problem, as JSON. @see https://www.rfc-editor.org/rfc/rfc9457 */
export function writeProblem(request: IncomingMessage, response: ServerResponse, problem: ApiProblem): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { retryAfter } = problem.more;
  // https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  // What was not read of the body cannot be told from the next request.
  if (!request.complete) response.setHeader("connection", "close");
  write(request, response, problem.status, "application/problem+json", JSON.stringify(problem));
}

/** Answers with JSON. */
export function writeJson(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  write(request, response, status, "application/json; charset=utf-8", text);
}

function write(request: IncomingMessage, response: ServerResponse, status: number, type: string, text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  response.writeHead(status, { "content-type": type, "content-length": bytes.length });
  response.end(request.method === "HEAD" ? undefined : bytes);
}
