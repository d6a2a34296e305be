import { type Header, type HeaderList, hidden, redactHeaders } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";

/** What has headers: the answer of a live API. */
interface Headed {
  readonly headers: HeaderList;
}

/** The values of all lines of this name, in order. */
export function headerLines(list: HeaderList, name: string): readonly string[] {
  const lowerName = name.toLowerCase();
  return list.filter(([known]) => known.toLowerCase() === lowerName).map(([, value]) => value);
}

/** The values of all lines of this name, joined as browsers do; undefined if there is none. */
export function headerValue(list: HeaderList, name: string): string | undefined {
  const lines = headerLines(list, name);
  return lines.length === 0 ? undefined : lines.join(", ");
}

/** The members of a comma-separated field, trimmed. */
export function headerMembers(list: HeaderList, name: string): readonly string[] {
  return headerLines(list, name)
    .flatMap((line) => line.split(","))
    .map((member) => member.trim())
    .filter((member) => member !== "");
}

/** The list with this line instead of the ones of the same name. */
export function withHeader(list: HeaderList, name: string, value: string): HeaderList {
  return [...withoutHeader(list, name), [name, value]];
}

/** The list without the lines of this name. */
export function withoutHeader(list: HeaderList, name: string): HeaderList {
  const lowerName = name.toLowerCase();
  return list.filter(([known]) => known.toLowerCase() !== lowerName);
}

/** The value of Access-Control-Allow-Origin, its lines joined as browsers join them. */
export function allowOrigin(answer: Headed | undefined): string | undefined {
  return answer === undefined ? undefined : headerValue(answer.headers, "access-control-allow-origin");
}

/** Does the answer allow credentials? Only these very bytes do. @see https://fetch.spec.whatwg.org/#concept-cors-check */
export function allowsCredentials(answer: Headed | undefined): boolean {
  return answer !== undefined && headerValue(answer.headers, "access-control-allow-credentials") === "true";
}

/** Does the answer say that it varies with the origin? */
export function variesOnOrigin({ headers }: Headed): boolean {
  return headerMembers(headers, "vary").some((name) => /^(?:origin|\*)$/i.test(name));
}

const corsHeader =
  /^(?:access-control-.*|vary|location|allow|www-authenticate|cross-origin-resource-policy|timing-allow-origin)$/i;
const maxShownValue = 400;

/** The lines of an answer that CORS looks at, safe to print. */
export function corsLines({ headers }: Headed): readonly Header[] {
  return redactHeaders(headers)
    .filter(([name]) => corsHeader.test(name))
    .map(([name, value]) => [name, printable(value, maxShownValue)] as const);
}

/** Does a header of this name carry what must not be shown? */
export function isSecretHeader(name: string): boolean {
  return redactHeaders([[name, "value"]]).some(([, value]) => value !== "value");
}

/** Is this the value of a header that takes part in the check and must not be sent, such as a token that was pasted? */
export function isWithheld(value: string): boolean {
  return value.includes(hidden);
}

/** A header as it stands in a command to be copied: what is secret is a placeholder. */
export function withPlaceholder(header: Header): Header {
  const [redacted = header] = redactHeaders([header]);
  const [name, value] = redacted;
  return [name, value.replaceAll(hidden, `YOUR-${name.toUpperCase()}`)];
}
