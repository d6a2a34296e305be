/** The rooms of the library that an adapter is made of. Nothing of any other may be in its bundle. */
export const roomsOfAdapters: readonly string[] = [
  "adapters",
  "decide",
  "http",
  "observe",
  "origin",
  "policy",
  "respond",
  "routes",
];

/**
 * Texts by which the code of the other rooms is recognised in a minified bundle, by room: each stands in the sources of the room. A new
 * room needs an entry here, or the test says so.
 */
export const marksOfRooms: Readonly<Record<string, readonly string[]>> = {
  failures: ["preflight-wildcard-origin-with-credentials", "PreflightMissingAllowOriginHeader"],
  browser: ["Failed to fetch: "],
  explain: ["This mentions CORS, but not why a browser blocked it", "disallows reading the remote resource at"],
  testing: ["the recording holds no ", "and must return a Response."],
  from: ["expression-unanchored", "origin-reflected-with-credentials", "It never matched, and is left out. "],
};

/** Files that lie in an adapter's rooms and that no server needs, each with a text by which it is recognised. */
export const marksOfFiles: readonly (readonly [file: string, mark: string])[] = [
  ["policy/presets.ts", "Data for everyone"],
  ["policy/policy-from-environment.ts", "CORS_ALLOW_ORIGINS"],
  ["policy/policy-keys.ts", "Who may read the answers: exact origins"],
  ["policy/check-policy.ts", "The policy could not be read"],
  ["http/sdk-headers.ts", "apollo-require-preflight"],
];
