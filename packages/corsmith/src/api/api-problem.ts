import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { type Problem, type ProblemCode, problemStatuses } from "./schemas/problem.ts";

/** What some problems say beside what is wrong and what to do. */
export type ProblemDetail = Omit<Problem, "type" | "title" | "status" | "code" | "detail" | "fix">;

/** A call that cannot be answered as it was asked: thrown where that is found, written by the server. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly fix: string;
  readonly more: ProblemDetail;

  /** @param detail what is wrong. @param fix what to do */
  constructor(code: ProblemCode, detail: string, fix: string, more: ProblemDetail = {}) {
    super(detail);
    this.code = code;
    this.fix = fix;
    this.more = more;
  }

  get status(): number {
    return problemStatuses[this.code];
  }

  /** What goes over the wire. */
  toJSON(): object {
    const { value, findings, retryAfter, ...place } = this.more;
    return {
      type: `urn:corsmith:problem:${this.code}`,
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      code: this.code,
      detail: this.message,
      ...place,
      fix: this.fix,
      findings,
      retryAfter,
      value: value === undefined ? undefined : capped(value),
    };
  }
}

/** The problem of a method that a path does not have, with the header that names those it has. */
export function methodNotAllowed(response: ServerResponse, allowed: readonly string[]): ApiProblem {
  response.setHeader("allow", allowed.join(", "));
  const detail = "Method not allowed on this path.";
  return new ApiProblem("method-not-allowed", detail, allowed.join(" or "), { field: "method" });
}

/** Characters of a value that a problem repeats: enough to find it. */
const maxValueLength = 200;

function capped(value: unknown): unknown {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  if (text.length <= maxValueLength) return value;
  return `${text.slice(0, maxValueLength)}…`;
}

/** Answers with a problem, as JSON. @see https://www.rfc-editor.org/rfc/rfc9457 */
export function writeProblem(request: IncomingMessage, response: ServerResponse, problem: ApiProblem): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { retryAfter } = problem.more;
  // https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  // The rest of an unread body would be taken for the next request.
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
