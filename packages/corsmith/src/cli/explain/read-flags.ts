import { nearestName } from "@corsmith/cors";
import { cleanUrl, type Facts, stacks } from "@corsmith/cors/explain";
import type { ConfigFinding } from "../../config/config-finding.ts";

/** The flags of `corsmith explain`. */
export interface ExplainFlags {
  readonly json?: boolean;
  /** Print the lines for this stack instead of the explanation. */
  readonly stack?: string;
  /** What the text does not say. */
  readonly origin?: string;
  readonly url?: string;
  readonly method?: string;
  readonly header?: string;
}

/** What is wrong with the flags; nothing, mostly. */
export function flagFindings({ stack, origin, url, method, header }: ExplainFlags): readonly ConfigFinding[] {
  return [
    ...(stack === undefined || stacks.some((name) => name === stack)
      ? []
      : [
          finding(
            "--stack",
            stack,
            "There is no such stack.",
            nearestName(stack, stacks) ?? `One of: ${stacks.join(", ")}.`,
          ),
        ]),
    ...(origin === undefined || isOrigin(origin)
      ? []
      : [finding("--origin", origin, "This is not an origin.", originOf(origin) ?? "scheme://host[:port], or null.")]),
    ...(url === undefined || URL.canParse(url)
      ? []
      : [
          finding(
            "--url",
            url,
            "This is not a URL.",
            "The whole URL that the page calls: https://api.example.com/orders",
          ),
        ]),
    ...(method === undefined || /^[A-Za-z]{1,20}$/.test(method)
      ? []
      : [finding("--method", method, "This is not a method.", "A word of letters, such as PATCH.")]),
    ...(header === undefined || /^[A-Za-z0-9-]{1,64}$/.test(header)
      ? []
      : [finding("--header", header, "This is not the name of a header.", "The name alone, such as x-request-id.")]),
  ];
}

/** What the flags say of the request; names, passwords and queries are cut here too. */
export function factsOfFlags({ origin, url, method, header }: ExplainFlags): Facts {
  return {
    ...(origin !== undefined && { origin }),
    ...(url !== undefined && { url: cleanUrl(url) }),
    ...(method !== undefined && { method }),
    ...(header !== undefined && { header }),
  };
}

function isOrigin(text: string): boolean {
  return text === "null" || originOf(text) === text;
}

function originOf(text: string): string | undefined {
  const origin = URL.parse(text)?.origin;
  return origin === "null" ? undefined : origin;
}

function finding(path: string, value: string, message: string, fix: string): ConfigFinding {
  return { code: "usage", severity: "error", path, value, message, fix };
}
