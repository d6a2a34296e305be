import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { Type } from "typebox";
import { type Data, named } from "../journal/schema/common.ts";
import { Finding } from "./schemas/finding.ts";

/** Every code with which the API refuses. The meaning of a code never changes. */
export const problemCodes = [
  "body-invalid",
  "body-not-json",
  "body-too-large",
  "body-type-unsupported",
  "check-refused",
  "confirmation-missing",
  "cursor-invalid",
  "file-not-editable",
  "internal",
  "journal-unavailable",
  "method-not-allowed",
  "not-found",
  "parameter-invalid",
  "parameter-unknown",
  "policy-changed",
  "policy-not-in-force",
  "policy-refused",
  "refused",
  "starting",
  "token-missing",
  "token-too-often",
  "token-wrong",
  "too-many",
  "version-unknown",
] as const;

/** A code of the catalogue {@link problemCodes}. */
export type ProblemCode = (typeof problemCodes)[number];

/**
 * Why a call was refused.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "`urn:corsmith:problem:` and the code." }),
    title: Type.String({ description: "What the status says, in words." }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum([...problemCodes], { description: "A stable word for programs." }),
    detail: Type.String({ description: "What is wrong, in a sentence." }),
    field: Type.Optional(
      Type.String({
        description: "The parameter, header or part of the body that is wrong: `query.limit`, `body.events[3].time`.",
      }),
    ),
    value: Type.Optional(Type.Unknown({ description: "What stood there, capped." })),
    fix: Type.String({ description: "What to do." }),
    findings: Type.Optional(
      Type.Array(Finding, { description: "With `policy-refused`: everything that is wrong with the policy." }),
    ),
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 1, description: "With `token-too-often`: seconds, as in the header Retry-After." }),
    ),
    current: Type.Optional(Type.String({ description: "With `policy-changed`: the base to begin anew from." })),
  },
  named("Problem", "Why a call was refused (RFC 9457)."),
);
export type Problem = Data<typeof Problem>;

const statuses: Readonly<Record<ProblemCode, number>> = {
  "body-invalid": 400,
  "body-not-json": 400,
  "body-too-large": 413,
  "body-type-unsupported": 415,
  "check-refused": 403,
  "confirmation-missing": 400,
  "cursor-invalid": 400,
  "file-not-editable": 409,
  internal: 500,
  "journal-unavailable": 503,
  "method-not-allowed": 405,
  "not-found": 404,
  "parameter-invalid": 400,
  "parameter-unknown": 400,
  "policy-changed": 409,
  "policy-not-in-force": 504,
  "policy-refused": 422,
  refused: 403,
  starting: 503,
  "token-missing": 401,
  "token-too-often": 429,
  "token-wrong": 401,
  "too-many": 429,
  "version-unknown": 404,
};

/** What a problem says beside its code. */
export interface ProblemDetail {
  readonly detail: string;
  readonly fix: string;
  readonly field?: string;
  readonly value?: unknown;
  readonly findings?: readonly Finding[];
  readonly current?: string;
  /** Seconds after which it may be asked again. */
  readonly retryAfter?: number;
}

/** A call that cannot be answered as it was asked: thrown by whoever notices, written by the server. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly more: ProblemDetail;

  constructor(code: ProblemCode, more: ProblemDetail) {
    super(more.detail);
    this.code = code;
    this.more = more;
  }

  get status(): number {
    return statuses[this.code];
  }

  /** What goes over the wire. */
  toJSON(): Problem {
    const { value, ...more } = this.more;
    return {
      type: `urn:corsmith:problem:${this.code}`,
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      code: this.code,
      ...more,
      ...(value === undefined ? {} : { value: capped(value) }),
    };
  }
}

/** A stranger's value is shown so far that it can be found, and no further. */
const longestValue = 200;

function capped(value: unknown): unknown {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  if (text.length <= longestValue) return value;
  return `${text.slice(0, longestValue)}…`;
}

/** The problem of an error that nobody meant. What it says stays inside. */
export function internalProblem(): ApiProblem {
  return new ApiProblem("internal", {
    detail: "Corsmith failed at this call, and this is a mistake of its own. Its log says more.",
    fix: "Look at the log, and report it.",
  });
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
