import { STATUS_CODES } from "node:http";
import type { Finding } from "./schemas/finding.ts";
import type { Problem, ProblemCode } from "./schemas/problem.ts";

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
