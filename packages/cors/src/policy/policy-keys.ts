import type { Dangers, PolicyInput } from "./policy-input.ts";

/** How the value of a key is written. `choice` is one of the examples, `seconds` and `status` are whole numbers, `switches` an object of booleans. */
export type PolicyKeyType = "preset" | "list" | "boolean" | "choice" | "seconds" | "status" | "lookup" | "switches";

/** What a key of a policy means, for help, completion and documents. */
export interface PolicyKey {
  readonly type: PolicyKeyType;
  /** The environment variable that fills it; absent where none can, or should. */
  readonly variable?: string;
  readonly help: string;
  /** Values, or entries of the list, as one would write them. */
  readonly examples: readonly string[];
}

/** Every key of a policy. Variables, completion, the API's schema and the guide's table come from here. */
export const policyKeyTable: Readonly<Record<keyof PolicyInput, PolicyKey>> = {
  preset: {
    type: "preset",
    variable: "CORS_PRESET",
    help: "Starts from a use case; every key beside it replaces the preset's.",
    examples: ["single-page-app"],
  },
  allowOrigins: {
    type: "list",
    variable: "CORS_ALLOW_ORIGINS",
    help: "Who may read the answers: exact origins, https://*.example.org, https://pr-*.example.org, http://localhost:*, or * alone.",
    examples: ["https://app.example.com", "https://*.example.com", "https://pr-*.example.com", "http://localhost:*"],
  },
  allowCredentials: {
    type: "boolean",
    variable: "CORS_ALLOW_CREDENTIALS",
    help: "Cookies, client certificates and HTTP authentication. Never together with *.",
    examples: ["true", "false"],
  },
  allowMethods: {
    type: "list",
    variable: "CORS_ALLOW_METHODS",
    help: "Methods beyond GET, HEAD and POST, which always pass.",
    examples: ["PUT", "PATCH", "DELETE", "*"],
  },
  allowHeaders: {
    type: "list",
    variable: "CORS_ALLOW_HEADERS",
    help: "Request headers beyond the safelist. * is any but authorization.",
    examples: ["content-type", "authorization", "idempotency-key", "if-match", "x-csrf-token", "x-requested-with"],
  },
  exposeHeaders: {
    type: "list",
    variable: "CORS_EXPOSE_HEADERS",
    help: "Response headers that scripts may read.",
    examples: ["etag", "link", "location", "retry-after", "x-request-id", "x-total-count"],
  },
  upstreamExposeHeaders: {
    type: "choice",
    variable: "CORS_UPSTREAM_EXPOSE_HEADERS",
    help: "merge: the gateway adds the names that the API exposes itself. Default drop. Adapters always merge.",
    examples: ["merge", "drop"],
  },
  maxAge: {
    type: "seconds",
    variable: "CORS_MAX_AGE",
    help: "Seconds for which a browser may keep a preflight's answer: 0 to 86400.",
    examples: ["600", "7200", "86400"],
  },
  crossOriginProtection: {
    type: "boolean",
    variable: "CORS_CROSS_ORIGIN_PROTECTION",
    help: "Refuses unsafe requests of origins that are not allowed before the API sees them.",
    examples: ["true", "false"],
  },
  preflightStatus: {
    type: "status",
    help: "204, or 200 for clients that insist on it.",
    examples: ["204", "200"],
  },
  originLookup: {
    type: "lookup",
    help: "Origins that only a database knows: code, asked after allowOrigins did not match.",
    examples: [],
  },
  dangerously: {
    type: "switches",
    help: "One named switch for each thing that is refused by default.",
    examples: [],
  },
};

/** What each switch under `dangerously` opens. */
export const dangerTable: Readonly<Record<keyof Dangers, string>> = {
  allowNullOrigin: "Any sandboxed frame on any site is the origin null.",
  allowNullOriginWithCredentials: "Any site can then act as the user, through a sandboxed frame.",
  allowInsecureOrigins: "Someone on the network path can put a script on an http: page.",
  allowPublicSuffixes: "Anyone can register a name under a public suffix.",
  allowSharedHosts: "Anyone can get names that the pattern covers.",
  allowAnyPortWithCredentials: "Whatever listens on any port of that host is trusted.",
};
