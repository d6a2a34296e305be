/**
 * Adds members to what a response already says in `Vary`: nothing is lost, nothing stands twice, `*` stays `*`. What is there may be
 * one line, several, or none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 *
 * @example
 * ```ts
 * import { mergeVary } from "@corsmith/cors";
 *
 * console.assert(mergeVary("accept-encoding", "Origin") === "accept-encoding, Origin");
 * console.assert(mergeVary(["Accept", "origin"], "Origin") === "Accept, origin");
 * ```
 */
export function mergeVary(existing: string | readonly string[] | undefined, members: string): string {
  if (existing === undefined || existing.length === 0) return members;
  const present = typeof existing === "string" ? existing : existing.join(",");
  const names = new Map<string, string>();
  for (const name of `${present},${members}`.split(",")) {
    const member = name.trim();
    if (member === "*") return "*";
    if (member !== "" && !names.has(member.toLowerCase())) names.set(member.toLowerCase(), member);
  }
  return [...names.values()].join(", ");
}
