import { presets, sdkHeaders } from "@corsmith/cors";

/** A word that can stand somewhere in a policy, and what it means. */
export interface PolicyWord {
  readonly word: string;
  readonly means: string;
}

/** The keys of a policy. */
export const policyKeyWords: readonly PolicyWord[] = [
  { word: "preset", means: "Starts from a use case; every key beside it replaces the preset’s." },
  {
    word: "allowOrigins",
    means: "Who may read the answers: exact origins, https://*.example.org, http://localhost:*, or * alone.",
  },
  { word: "allowCredentials", means: "Cookies, client certificates and HTTP authentication. Never together with *." },
  { word: "allowMethods", means: "Methods beyond GET, HEAD and POST, which always pass." },
  { word: "allowHeaders", means: "Request headers beyond the safelist. * is any but authorization." },
  { word: "exposeHeaders", means: "Response headers that scripts may read." },
  { word: "maxAge", means: "Seconds for which a browser may keep a preflight’s answer: 0 to 86400." },
  {
    word: "crossOriginProtection",
    means: "Refuses unsafe requests of origins that are not allowed before the API sees them.",
  },
  { word: "preflightStatus", means: "204, or 200 for clients that insist on it." },
  { word: "dangerously", means: "One named switch for each thing that is refused by default." },
];

/** The keys of the file around it. */
export const fileKeyWords: readonly PolicyWord[] = [
  { word: "policy", means: "The policy for everything that no route is for." },
  { word: "routes", means: "Policies of their own for parts of the API." },
  { word: "path", means: "The path from which on a route’s policy holds." },
];

const dangerWords: readonly PolicyWord[] = [
  { word: "allowNullOrigin", means: "Any sandboxed frame on any site is the origin null." },
  { word: "allowNullOriginWithCredentials", means: "Any site can then act as the user, through a sandboxed frame." },
  { word: "allowInsecureOrigins", means: "Whoever sits on the network path can put a script on an http: page." },
  { word: "allowPublicSuffixes", means: "Anybody can register a name under a public suffix." },
  { word: "allowAnyPortWithCredentials", means: "Whatever listens on any port of that host is trusted." },
];

const switches: readonly PolicyWord[] = [
  { word: "true", means: "" },
  { word: "false", means: "" },
];

const methods = ["PUT", "PATCH", "DELETE", "*"].map((word) => ({ word, means: "" }));

const everydayHeaders = [
  "content-type",
  "authorization",
  "idempotency-key",
  "if-match",
  "x-csrf-token",
  "x-requested-with",
];

const headers: readonly PolicyWord[] = [
  ...everydayHeaders.map((word) => ({ word, means: "" })),
  ...Object.entries(sdkHeaders).flatMap(([sdk, names]: [string, readonly string[]]) =>
    names.filter((word) => !everydayHeaders.includes(word)).map((word) => ({ word, means: `Sent by ${sdk}.` })),
  ),
];

const exposed = ["etag", "link", "location", "retry-after", "x-request-id", "x-total-count"].map((word) => ({
  word,
  means: "",
}));

const originShapes: readonly PolicyWord[] = [
  { word: "https://app.example.com", means: "One origin, exactly." },
  { word: "https://*.example.com", means: "One or more labels before it, never the apex." },
  { word: "http://localhost:*", means: "Any port, for development." },
];

/** The words that can stand behind, or in the list under, each key. */
export const valueWords: Readonly<Record<string, readonly PolicyWord[]>> = {
  preset: Object.values(presets).map(({ name, summary }) => ({ word: name, means: summary })),
  allowOrigins: originShapes,
  allowCredentials: switches,
  allowMethods: methods,
  allowHeaders: distinct(headers),
  exposeHeaders: exposed,
  maxAge: ["600", "7200", "86400"].map((word) => ({ word, means: `${Number(word) / 60} minutes` })),
  crossOriginProtection: switches,
  preflightStatus: ["204", "200"].map((word) => ({ word, means: "" })),
  ...Object.fromEntries(dangerWords.map(({ word }) => [word, switches])),
};

/** The switches under `dangerously`. */
export const dangerKeyWords = dangerWords;

function distinct(words: readonly PolicyWord[]): readonly PolicyWord[] {
  return [...new Map(words.map((each) => [each.word, each])).values()];
}
