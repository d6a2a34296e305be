import type { CheckRequest } from "./check-request.ts";
import { headerValue } from "./header-lines.ts";
import type { JudgedExchange } from "./judge.ts";

/** What the server has to answer for the request to pass, a line each. */
export interface Expectation {
  /** If the request needs a preflight. */
  readonly preflight?: readonly string[];
  readonly answer: readonly string[];
}

/** What a server that allows this request answers. */
export function expect(
  { origin, credentials, method }: CheckRequest,
  preflight: JudgedExchange | undefined,
): Expectation {
  const origins = [`Access-Control-Allow-Origin: ${origin}`];
  const both = credentials ? [...origins, "Access-Control-Allow-Credentials: true"] : origins;
  const answer = [...both, "Vary: Origin"];
  if (preflight === undefined) return { answer };
  const names = headerValue(preflight.request.headers, "access-control-request-headers");
  const isSafelisted = /^(?:GET|HEAD|POST)$/.test(method);
  return {
    preflight: [
      "status 204, or any other from 200 to 299",
      ...both,
      ...(isSafelisted ? [] : [`Access-Control-Allow-Methods: ${method}`]),
      ...(names === undefined ? [] : [`Access-Control-Allow-Headers: ${names}`]),
      "Vary: Origin",
    ],
    answer,
  };
}
