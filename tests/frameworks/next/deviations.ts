import type { Told } from "../table/row.ts";

/** What Next adds to every Vary: by these it tells its own requests for parts of pages apart, and compresses. */
const ownVary: ReadonlySet<string> = new Set([
  "rsc",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "accept-encoding",
]);

/** Vary without what is Next's. */
export function withoutNextsVary(members: readonly string[]): readonly string[] {
  return members.filter((member) => !ownVary.has(member));
}

/** A body as Next sends it: it takes Content-Length off every response, and sends the same bytes in chunks. */
export function framedByNext(told: Told | undefined): Told | undefined {
  if (told === undefined) return undefined;
  const { body } = told;
  const framed = body === "" ? "" : `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  return { ...told, length: "", body: framed };
}

/**
 * The rows of the table that Next decides before or after the adapter. Each is checked to be so still: when Next changes, this list says.
 */
export const deviations: Readonly<Record<"proxy" | "handlers", ReadonlySet<string>>> = {
  proxy: new Set([
    // What a route sets is added to what the proxy set, name by name.
    ...["the allowed page", "a page that is refused", "no page at all", "any page"].map(
      (who) => `S38: CORS headers that the application sets itself, asked for by ${who}`,
    ),
    "S81: CORS headers of the application, with CORS below a prefix",
    "S44: the application's Vary, Origin itself, in lower case",
    // Next redirects before the proxy runs.
    "S81: a preflight on a path with two slashes",
  ]),
  handlers: new Set(["S81: a preflight on a path with two slashes"]),
};
