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

const routerAnswers = ["the allowed page", "a page that is refused", "no page at all"].flatMap((who) => [
  `S77: the router's 404, asked for by ${who}`,
  `S77: the router's 404 below a path that exists, asked for by ${who}`,
]);

/**
 * The rows of the table that Next decides before or after the adapter. Each is checked to be so still: when Next changes, this list says.
 */
export const deviations: Readonly<Record<"proxy" | "handlers", ReadonlySet<string>>> = {
  proxy: new Set([
    // The page that says 404 replaces Vary.
    ...routerAnswers,
    "S81: the router's 404, with CORS below a prefix",
    // What a route sets is added to what the proxy set, name by name.
    ...["the allowed page", "a page that is refused", "no page at all", "any page"].map(
      (who) => `S38: CORS headers that the application sets itself, asked for by ${who}`,
    ),
    "S81: CORS headers of the application, with CORS below a prefix",
    "S44: the application's Vary, Origin itself, in lower case",
    // Next redirects before the proxy runs.
    "S81: a preflight on a path with two slashes",
  ]),
  handlers: new Set([
    // What no route file has, no route file can answer.
    ...routerAnswers,
    "S77: the router's 404, asked for by any page",
    "S77: the router's 404 below a path that exists, asked for by any page",
    "S81: a preflight on a path that no route has",
    "S76: a preflight of a page that is refused, on a path that no route has",
    "S81: a preflight on the root",
    "S81: a preflight on a path with two slashes",
    "S81: the router's 404, with CORS below a prefix",
    "S81: a preflight for the prefix itself, with CORS below a prefix",
    "S81: a preflight for the prefix with a slash, with CORS below a prefix",
    "S81: a preflight for no route, with CORS below a prefix",
    "S81: a preflight for no nested route, with CORS below a prefix",
    "S81: a preflight that is refused, for no route, with CORS below a prefix",
  ]),
};
