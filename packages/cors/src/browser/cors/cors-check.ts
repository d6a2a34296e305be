import type { FailureCode } from "../../failures/failure.ts";
import { type FetchParams, failed, passed } from "../fetch-params.ts";
import { getHeader, type HeaderList, headerLines } from "../header-list.ts";
import type { CredentialsMode } from "../request/request.ts";
import type { ServerResponse, Verdict } from "../response/response.ts";

/** What the check compares the answer with. */
export interface CorsCheckInput {
  readonly phase: "preflight" | "actual";
  /** The serialized origin that went out. */
  readonly origin: string;
  readonly credentialsMode: CredentialsMode;
}

/** May the page's origin see this answer? @see https://fetch.spec.whatwg.org/#concept-cors-check */
export function corsCheck(params: FetchParams, input: CorsCheckInput, response: ServerResponse): Verdict {
  const allowOrigin = allowOriginOf(params, response.headerList);
  const facts = {
    header: "Access-Control-Allow-Origin",
    found: allowOrigin,
    lines: headerLines(response.headerList, "access-control-allow-origin").length,
    expected: input.origin,
    status: response.status,
  } as const;
  if (allowOrigin === null) {
    return failed(params, "cors-check/allow-origin", code(input, "missing-allow-origin"), facts);
  }
  const includes = input.credentialsMode === "include";
  if (allowOrigin !== input.origin && (includes || allowOrigin !== "*")) {
    return failed(params, "cors-check/allow-origin", refusal(params, input, allowOrigin, facts.lines), facts);
  }
  passed(params, "cors-check/allow-origin", facts);
  return includes ? checkCredentials(params, input, response) : undefined;
}

function checkCredentials(params: FetchParams, input: CorsCheckInput, response: ServerResponse): Verdict {
  const found = getHeader(response.headerList, "access-control-allow-credentials");
  const facts = { header: "Access-Control-Allow-Credentials", found, expected: "true" } as const;
  if (found !== "true") {
    return failed(params, "cors-check/allow-credentials", code(input, "allow-credentials-not-true"), facts);
  }
  return passed(params, "cors-check/allow-credentials", facts);
}

function allowOriginOf({ behaviour }: FetchParams, headers: HeaderList): string | null {
  const name = "access-control-allow-origin";
  if (!behaviour.ignoresEmptyAllowOriginLines) return getHeader(headers, name);
  const lines = headerLines(headers, name);
  const filled = lines.filter((line) => line !== "");
  return lines.length === 0 ? null : filled.join(", ");
}

/** The server names the page's origin and the browser sent `null`: that has one cause only. */
function refusal({ request }: FetchParams, input: CorsCheckInput, value: string, lines: number): FailureCode {
  const tainted = value === request.origin && input.origin === "null";
  return tainted ? "redirect-origin-becomes-null" : code(input, mismatch(value, lines));
}

/** Why a value is not the origin: for people, since the standard knows one failure only. */
function mismatch(value: string, lines: number) {
  if (value === "*") return "wildcard-origin-with-credentials";
  if (lines > 1 || /[ ,]/.test(value)) return "multiple-allow-origin-values";
  return value === "null" || URL.canParse(value) ? "allow-origin-mismatch" : "invalid-allow-origin-value";
}

function code(
  { phase }: CorsCheckInput,
  name: ReturnType<typeof mismatch> | "missing-allow-origin" | "allow-credentials-not-true",
): FailureCode {
  return phase === "preflight" ? `preflight-${name}` : name;
}
