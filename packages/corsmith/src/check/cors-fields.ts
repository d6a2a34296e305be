import { headerMembers, headerValue } from "./header-lines.ts";
import type { WireAnswer } from "./wire.ts";

/** The value of Access-Control-Allow-Origin, its lines joined as browsers join them. */
export function allowOrigin(answer: WireAnswer | undefined): string | undefined {
  return answer === undefined ? undefined : headerValue(answer.headers, "access-control-allow-origin");
}

/** Does the answer let credentials in? Only these very bytes do. @see https://fetch.spec.whatwg.org/#concept-cors-check */
export function allowsCredentials(answer: WireAnswer | undefined): boolean {
  return answer !== undefined && headerValue(answer.headers, "access-control-allow-credentials") === "true";
}

/** Does the answer say that it varies with the origin? */
export function variesOnOrigin({ headers }: WireAnswer): boolean {
  return headerMembers(headers, "vary").some((name) => /^(?:origin|\*)$/i.test(name));
}
