import { type Header, hidden } from "@corsmith/cors/browser";
import { type ConfigFinding, configError } from "../config/config-finding.ts";
import { parseSeconds } from "../config/parse-settings.ts";

/** The URL of an API, normalized; a finding if it is not one. */
export function readUrl(text: string, findings: ConfigFinding[]): string | undefined {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  const guess = url === null && URL.canParse(`https://${text}`) ? `https://${text}` : "https://api.example.com/orders";
  findings.push(usage("URL", text, "This is not an http: or https: URL.", guess));
  return undefined;
}

/** Seconds, more than 0. */
export function readTimeout(text: string | undefined, findings: ConfigFinding[]): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseSeconds(text, "--timeout");
  if (seconds.ok) return seconds.value;
  findings.push({
    ...usage("--timeout", text, seconds.mistake.message, seconds.mistake.fix),
    code: seconds.mistake.code,
  });
  return undefined;
}

/** One of these names, in any case; a finding if it is none of them. @param kind what they name */
export function readOneOf<Name extends string>(
  flag: string,
  kind: string,
  names: readonly Name[],
  text: string | undefined,
  findings: ConfigFinding[],
  aliases: Readonly<Record<string, string>> = {},
): Name | undefined {
  const given = text?.toLowerCase() ?? "";
  const known = names.find((name) => name === (aliases[given] ?? given));
  if (text !== undefined && known === undefined)
    findings.push(usage(flag, text, `There is no such ${kind}.`, `One of ${names.join(", ")}.`));
  return known;
}

/** A finding if this cannot be a header's name. */
export function checkName(name: string, findings: ConfigFinding[]): void {
  if (/^[!#$%&'*+.^`|~\w-]+$/.test(name)) return;
  findings.push(usage("--header", name, "This is not a header name.", "-H 'name: value'"));
}

/** `name: value`; the name alone takes part in the check and is not sent. */
export function readHeader(line: string): Header {
  const colon = line.indexOf(":");
  return colon < 0 ? [line.trim(), hidden] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** A mistake in the arguments. @param path the flag. @param fix what might have been meant */
export function usage(path: string, value: unknown, message: string, fix: string): ConfigFinding {
  return configError("usage", path, value, message, fix);
}
