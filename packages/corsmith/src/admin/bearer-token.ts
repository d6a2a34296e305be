import { ApiProblem } from "../api/api-problem.ts";
import type { Secret } from "../config/secret.ts";

/**
 * Why this `Authorization` does not let its sender in; `undefined` if it does, or if no token is demanded.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function tokenProblem(token: Secret | undefined, authorization: string | undefined): ApiProblem | undefined {
  if (token === undefined) return undefined;
  const fix = "Send authorization: Bearer, and the token that the server was started with.";
  const given = /^Bearer +(?<token>[\x21-\x7e]+) *$/i.exec(authorization ?? "")?.groups?.["token"];
  if (given === undefined) {
    return new ApiProblem("token-missing", { detail: "This server demands a token.", field: "authorization", fix });
  }
  if (token.matches(given)) return undefined;
  return new ApiProblem("token-wrong", { detail: "This is not the token.", field: "authorization", fix });
}
