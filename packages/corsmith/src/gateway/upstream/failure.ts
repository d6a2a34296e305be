import type { Failure } from "../answer/failure.ts";

const unreachable: Failure = {
  status: 502,
  code: "upstream-unreachable",
  message: "The API behind this gateway cannot be reached.",
};
const timedOut: Failure = {
  status: 504,
  code: "upstream-timeout",
  message: "The API behind this gateway did not answer in time.",
};
const invalid: Failure = {
  status: 502,
  code: "upstream-invalid-answer",
  message: "The API behind this gateway answered with something that is not valid HTTP/1.1.",
};
const broken: Failure = {
  status: 502,
  code: "upstream-closed",
  message: "The API behind this gateway closed the connection before it answered.",
};

/** The codes of all failures of the upstream. */
export const upstreamFailureCodes: readonly string[] = [unreachable, timedOut, invalid, broken].map(({ code }) => code);

/** What the client is told of an answer that cannot be passed on. */
export const invalidAnswer: Failure = invalid;

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
  ["UND_ERR_HEADERS_OVERFLOW", invalid],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", invalid],
]);

/** What the client is told when the upstream gave no answer. The error itself is for the log. */
export function upstreamFailure(error: Error): Failure {
  const code = errorCode(error);
  // undici has a code for some of its parser's errors only.
  if (code.startsWith("HPE_") || error.name === "HTTPParserError") return invalid;
  if (isTlsFailure(code)) return unreachable;
  return byErrorCode.get(code) ?? broken;
}

/** The stable code of an error, or its name. For an error of several attempts, the code of the first. */
export function errorCode(error: Error): string {
  if ("code" in error && typeof error.code === "string") return error.code;
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? errorCode(first) : error.name;
}

function isTlsFailure(code: string): boolean {
  return code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL") || /CERT|SELF_SIGNED|UNABLE_TO_/.test(code);
}
