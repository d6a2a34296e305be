/** A use case that a policy can start from. */
export type PresetName = "public-api" | "single-page-app" | "mobile-backend" | "internal-tools" | "development";

/**
 * A CORS policy as people write it: in TypeScript, JSON, YAML, or through environment variables.
 * `definePolicy` checks it and makes a {@link Policy} of it. A policy that is kept in a constant has lost its literal types, so the two
 * keys that name one of a few values take any text and any number, and those that are not known are refused when the policy is built.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export interface PolicyInput {
  /** Starts from a use case; every key that is given beside it replaces the preset's. */
  readonly preset?: PresetName | (string & {});
  /**
   * Who may read the answers. `"https://app.example.com"` is exact; `"https://*.example.org"` covers one or more labels and never the
   * apex; `"https://pr-*.example.org"` one label of which a part is given; `"http://localhost:*"` any port, the default one too; `"*"`,
   * alone, any origin.
   */
  readonly allowOrigins?: string | readonly string[];
  /** Cookies, TLS client certificates and HTTP authentication. Default false. */
  readonly allowCredentials?: boolean;
  /** Methods beyond GET, HEAD and POST, which always pass. `"*"` is any. Default none. */
  readonly allowMethods?: string | readonly string[];
  /** Request headers beyond the safelist. `"*"` is any but `authorization`, which must be named. Default none. */
  readonly allowHeaders?: string | readonly string[];
  /** Response headers that scripts may read, beyond the safelist. Default none. */
  readonly exposeHeaders?: string | readonly string[];
  /**
   * What the gateway does with the `Access-Control-Expose-Headers` of the API behind it: `"merge"` adds its names to an allowed answer.
   * Default `"drop"`. The adapters always merge, for there the application is the policy's own.
   */
  readonly upstreamExposeHeaders?: "drop" | "merge" | (string & {});
  /** Seconds for which a browser may keep a preflight's answer: an integer from 0 to 86400. Default absent (browsers then take 5). */
  readonly maxAge?: number;
  /** Refuse unsafe cross-site requests and WebSocket upgrades from origins that are not allowed, before the handler runs. Default false. */
  readonly crossOriginProtection?: boolean;
  /** Status of a preflight that passes: 204, or 200 for clients that insist on it. Default 204. */
  readonly preflightStatus?: 204 | 200 | (number & {});
  /** Origins that only a database knows; asked after `allowOrigins` did not match. */
  readonly originLookup?: OriginLookup;
  /** One named switch for each thing that is refused by default. */
  readonly dangerously?: Dangers;
}

/** Finds origins that are not known when the policy is written, in a database for example. */
export interface OriginLookup {
  /**
   * Is this origin allowed? Anything but `true`, a throw, a rejection and a time-out all refuse.
   * `signal` aborts when the time is over.
   */
  readonly find: (origin: string, signal: AbortSignal) => boolean | Promise<boolean>;
  /** Milliseconds after which the answer is taken as a no. Default 1000. */
  readonly timeoutMs?: number;
  /** Seconds for which an answer is kept. Default 60; 0 keeps none. Failures are never kept. */
  readonly cacheSeconds?: number;
}

/** The switches under `dangerously`. Each names the attack that it opens. */
export interface Dangers {
  /** Allow the origin `null`. Every sandboxed frame and every `data:` page, on any site, is `null`. */
  readonly allowNullOrigin?: boolean;
  /** Allow the origin `null` together with credentials: any site can then act as the user, through a sandboxed frame. */
  readonly allowNullOriginWithCredentials?: boolean;
  /** Allow `http:` origins with credentials: someone on the network path can put a script on them. */
  readonly allowInsecureOrigins?: boolean;
  /** Allow a wildcard directly under a public suffix, such as `https://*.github.io`: anyone can register a name there. */
  readonly allowPublicSuffixes?: boolean;
  /**
   * Allow a pattern that also covers hosts that others can register: a part of a label under a public suffix (`https://*-team.vercel.app`), or a domain
   * with shared hosts in it (`https://*.amazonaws.com`).
   */
  readonly allowSharedHosts?: boolean;
  /** Allow any port with credentials on hosts other than loopback: whatever listens on any port of that host is trusted. */
  readonly allowAnyPortWithCredentials?: boolean;
}

const writingMethods: readonly string[] = /* @__PURE__ */ Object.freeze(["PUT", "PATCH", "DELETE"]);

/** What each preset stands for; the words about it are apart, in `presets.ts`, which no server needs. */
export const presetPolicies: Readonly<Record<PresetName, PolicyInput>> = {
  "public-api": {
    allowOrigins: "*",
    allowMethods: writingMethods,
    allowHeaders: ["*", "authorization"],
    exposeHeaders: ["*"],
    maxAge: 7200,
  },
  "single-page-app": {
    allowCredentials: true,
    allowMethods: writingMethods,
    allowHeaders: ["authorization", "content-type", "x-csrf-token", "x-requested-with"],
    exposeHeaders: ["x-request-id", "retry-after"],
    maxAge: 7200,
  },
  "mobile-backend": {
    allowOrigins: [
      "capacitor://localhost",
      "ionic://localhost",
      "tauri://localhost",
      "http://tauri.localhost",
      "https://tauri.localhost",
      "https://localhost",
      "http://localhost",
    ],
    allowMethods: writingMethods,
    allowHeaders: ["authorization", "content-type"],
    exposeHeaders: ["retry-after", "x-request-id"],
    maxAge: 7200,
  },
  "internal-tools": {
    allowCredentials: true,
    allowMethods: writingMethods,
    allowHeaders: ["authorization", "content-type", "x-csrf-token", "x-requested-with"],
    maxAge: 600,
    crossOriginProtection: true,
  },
  development: {
    allowOrigins: [
      "http://localhost:*",
      "https://localhost:*",
      "http://127.0.0.1:*",
      "https://127.0.0.1:*",
      "http://[::1]:*",
      "https://[::1]:*",
    ],
    allowCredentials: true,
    allowMethods: ["*"],
    allowHeaders: ["*", "authorization"],
    exposeHeaders: ["x-request-id", "retry-after", "etag", "link", "location", "x-total-count"],
    maxAge: 5,
  },
};

/** Is this the name of a preset? */
export function isPresetName(name: unknown): name is PresetName {
  return typeof name === "string" && Object.hasOwn(presetPolicies, name);
}
