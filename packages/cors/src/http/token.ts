/**
 * Which bytes a token may have: a lookup table by char code, because a header list is scanned byte by byte on every preflight.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
const tokenBytes: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) =>
  /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Is this char code one that a token may hold? */
export function isTokenByte(code: number): boolean {
  return code < 128 && tokenBytes[code] === 1;
}

/** Is this the char code of an upper-case letter? */
export function isUpperCase(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

/**
 * Is this text a token: the form of a method and of a header name?
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export function isToken(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (!isTokenByte(text.charCodeAt(index))) return false;
  }
  return text.length > 0;
}
