import type { Failure } from "../answer/failure.ts";

function failure(status: 502 | 504, code: string, what: string): Failure {
  return { status, code, message: `The API behind this gateway ${what}.` };
}

const unreachable = failure(502, "upstream-unreachable", "cannot be reached");
const timedOut = failure(504, "upstream-timeout", "did not answer in time");
const broken = failure(502, "upstream-closed", "closed the connection before it answered");

/** What the client gets for an answer that cannot be passed on. */
export const invalidAnswer: Failure = failure(
  502,
  "upstream-invalid-answer",
  "answered with something that is not valid HTTP/1.1",
);

/** The codes of all failures of the upstream. */
export const upstreamFailureCodes: readonly string[] = [unreachable, timedOut, invalidAnswer, broken].map(
  ({ code }) => code,
);

const byErrorCode: ReadonlyMap<string, Failure> = new Map([
  ["ECONNREFUSED", unreachable],
  ["ENOTFOUND", unreachable],
  ["EAI_AGAIN", unreachable],
  ["EHOSTUNREACH", unreachable],
  ["ENETUNREACH", unreachable],
  ["EADDRNOTAVAIL", unreachable],
  ["EMFILE", unreachable],
  ["ETIMEDOUT", timedOut],
  ["UPSTREAM_TIMEOUT", timedOut],
  ["UND_ERR_CONNECT_TIMEOUT", timedOut],
  ["UND_ERR_HEADERS_TIMEOUT", timedOut],
  ["UND_ERR_HEADERS_OVERFLOW", invalidAnswer],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", invalidAnswer],
]);

/** What the client gets when the upstream gave no answer. The error itself is for the log. */
export function upstreamFailure(error: Error): Failure {
  const code = errorCode(error);
  // undici has a code for some of its parser's errors only.
  if (code.startsWith("HPE_") || error.name === "HTTPParserError") return invalidAnswer;
  if (/^ERR_TLS|^ERR_SSL|CERT|SELF_SIGNED|UNABLE_TO_/.test(code)) return unreachable;
  return byErrorCode.get(code) ?? broken;
}

/** The stable code of an error, or its name. For an error of several attempts, the code of the first. */
export function errorCode(error: Error): string {
  if ("code" in error && typeof error.code === "string") return error.code;
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? errorCode(first) : error.name;
}
