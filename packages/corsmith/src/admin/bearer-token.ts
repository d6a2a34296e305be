import { ApiProblem } from "../api/api-problem.ts";
import type { Secret } from "../config/secret.ts";
import type { WrongTokens } from "./wrong-tokens.ts";

/** What a caller shows at the door. */
export interface Caller {
  /** The address from which it calls. */
  readonly address: string;
  readonly authorization: string | undefined;
}

/**
 * Why this `Authorization` does not let its sender in; `undefined` if it does, or if no token is demanded. Wrong ones are counted.
 *
 * @param now milliseconds of a clock that only goes forward
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function tokenProblem(
  token: Secret | undefined,
  { address, authorization }: Caller,
  wrong: WrongTokens,
  now: number,
): ApiProblem | undefined {
  if (token === undefined) return undefined;
  const fix = "Send authorization: Bearer, and the token that the server was started with.";
  const given = /^Bearer +(?<token>[\x21-\x7e]+) *$/i.exec(authorization ?? "")?.groups?.["token"];
  if (given === undefined) {
    return new ApiProblem("token-missing", { detail: "This server demands a token.", field: "authorization", fix });
  }
  const waitMs = wrong.waitMs(address, now);
  if (waitMs > 0) return tooOften(waitMs);
  if (token.matches(given)) {
    wrong.right(address);
    return undefined;
  }
  wrong.count(address, now);
  return new ApiProblem("token-wrong", { detail: "This is not the token.", field: "authorization", fix });
}

/** @see https://www.rfc-editor.org/rfc/rfc6585#section-4 */
function tooOften(waitMs: number): ApiProblem {
  const retryAfter = Math.ceil(waitMs / 1_000);
  return new ApiProblem("token-too-often", {
    detail: "Too many wrong tokens have come; none is looked at for now.",
    field: "authorization",
    fix: `Wait ${retryAfter} s, and send the token that the server was started with.`,
    retryAfter,
  });
}
