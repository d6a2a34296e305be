import { withheld } from "./check-request.ts";

const secretName =
  /^(?:authorization|proxy-authorization|cookie|set-cookie)$|(?:^|[-_])(?:api-?key|auth|credential|jwt|key|password|secret|session|sid|token|xsrf|csrf)(?:$|[-_])|(?:token|secret|apikey)$/i;

/** Does a header of this name carry what must not be shown? */
export function isSecretHeader(name: string): boolean {
  return secretName.test(name);
}

/** What is written in place of a header's value. */
export function shownValue(name: string, value: string): string {
  return value === withheld || isSecretHeader(name) ? `YOUR-${name.toUpperCase()}` : value;
}
