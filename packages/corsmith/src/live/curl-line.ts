import { type Header, redactUrl } from "@corsmith/cors/browser";

/** A request as a command to be copied. Secrets are the caller's to hide; those in the URL are hidden here. */
export function curlLine(
  method: string,
  url: string,
  headers: readonly Header[],
  { insecure, body }: { readonly insecure: boolean; readonly body?: string },
): string {
  return [
    `curl -i${insecure ? "k" : ""}`,
    ...(method === "GET" ? [] : method === "HEAD" ? ["--head"] : ["-X", shellQuoted(method)]),
    shellQuoted(redactUrl(url)),
    ...headers.map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${shellQuoted(body)}`]),
  ].join(" ");
}

/** A word for a POSIX shell. Control characters are written as `$'\n'` writes them, so that the line stays one line. */
export function shellQuoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/[\x00-\x1f\x7f]/.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = word
    .replaceAll(/[\\']/g, "\\$&")
    .replaceAll(/[\x00-\x1f\x7f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `$'${escaped}'`;
}
