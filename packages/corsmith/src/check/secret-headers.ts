import { type Header, hidden, redactHeaders } from "@corsmith/cors/browser";

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
