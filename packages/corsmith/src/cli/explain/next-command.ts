import type { Explanation, Facts } from "@corsmith/cors/explain";

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
    asked === undefined ? placeholders.url : quoted(asked),
    "--origin",
    origin === undefined ? placeholders.origin : quoted(origin),
    ...(method === undefined || method === "GET" ? [] : ["-X", quoted(method)]),
    ...(header === undefined ? [] : ["-H", quoted(header)]),
    ...(code.includes("credentials") ? ["--credentials"] : []),
  ].join(" ");
}

/** A word of a shell's command, whatever stands in it: strangers wrote it. */
export function quoted(word: string): string {
  return /^[\w:/.,@%+=~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
