import type { Explanation, Facts } from "@corsmith/cors/explain";
import { shellQuoted } from "../../check/curl-line.ts";

/** What stands where the text did not say it; the shell would take it for a redirection if it were not replaced. */
const placeholders = { url: "URL-OF-THE-API", origin: "ORIGIN-OF-THE-PAGE" } as const;

/** The command that judges the request anew, with what is known of it; none where nothing that is asked from outside could tell. */
export function nextCommand(
  { code, phase, kind }: Pick<Explanation, "code" | "phase" | "kind">,
  facts: Facts,
): string | undefined {
  if (phase === "page" || kind === "request") return undefined;
  const { url, origin, method, header, redirectedFrom } = facts;
  const asked = (redirectedFrom ?? url)?.replace(/\?\.\.\.$/, "");
  return [
    "corsmith check",
    asked === undefined ? placeholders.url : shellQuoted(asked),
    "--origin",
    origin === undefined ? placeholders.origin : shellQuoted(origin),
    ...(method === undefined || method === "GET" ? [] : ["-X", shellQuoted(method)]),
    ...(header === undefined ? [] : ["-H", shellQuoted(header)]),
    ...(code.includes("credentials") ? ["--credentials"] : []),
  ].join(" ");
}
