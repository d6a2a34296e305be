import { isToken } from "./token.ts";

/**
 * The `type/subtype` of a MIME type, in lower case. Parameters do not matter here: a bad one is ignored.
 *
 * @returns undefined if this is not a MIME type
 * @see https://mimesniff.spec.whatwg.org/#parse-a-mime-type
 */
export function mimeTypeEssence(text: string): string | undefined {
  const input = text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  const slash = input.indexOf("/");
  const type = input.slice(0, Math.max(slash, 0));
  const rest = input.slice(slash + 1);
  const semicolon = rest.indexOf(";");
  const subtype = (semicolon < 0 ? rest : rest.slice(0, semicolon)).replace(/[\t\n\r ]+$/, "");
  return isToken(type) && isToken(subtype) ? `${type}/${subtype}`.toLowerCase() : undefined;
}
