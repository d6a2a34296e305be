import type { NameSet } from "../http/list.ts";
import type { OriginMatcher } from "../origin/origin-matcher.ts";
import type { LookupRuntime } from "./lookup-runtime.ts";
import type { Dangers, OriginLookup } from "./policy-input.ts";

/**
 * The key of what a policy was compiled to. Not in JSON, not for users. One program may load the library twice, by `import` and by
 * `require` or as two copies, so every copy finds the same symbol. The number goes up with each change of what {@link CompiledPolicy}
 * holds or means: what another version compiled is then not taken for ours.
 */
export const compiled: unique symbol = Symbol.for("@corsmith/cors/policy@1");

/**
 * A checked CORS policy. Only `definePolicy` makes one, and `restorePolicy` one that was sealed; it is frozen all through, and later changes to the input do not reach it.
 * Its own keys are those of {@link PolicyInput} in canonical form, so `JSON.stringify(policy)` is a policy file, and building from that
 * file gives the same policy (an `originLookup`, being code, stands there marked as a function).
 */
export interface Policy {
  readonly allowOrigins: readonly string[];
  readonly allowCredentials: boolean;
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly upstreamExposeHeaders?: "merge";
  readonly maxAge?: number;
  readonly crossOriginProtection: boolean;
  readonly preflightStatus: 204 | 200;
  readonly originLookup?: OriginLookup;
  readonly dangerously?: Dangers;
  readonly [compiled]: CompiledPolicy;
}

/**
 * Is this a policy that was checked and compiled: by `definePolicy`, or by `restorePolicy`? It may be of another copy of the library. Of a
 * version that compiles otherwise it is not, but it is a {@link PolicyInput} too: `definePolicy` makes it anew.
 */
export function isPolicy(value: unknown): value is Policy {
  return typeof value === "object" && value !== null && compiled in value;
}

/** Programs without types reach this too, and what was not checked must not be enforced. @throws {TypeError} */
export function assertPolicy(value: Policy): Policy {
  if (isPolicy(value)) return value;
  throw new TypeError("This is not a policy of this version of @corsmith/cors: use definePolicy.");
}

/** Everything about a policy that can be worked out before the first request. */
export interface CompiledPolicy {
  readonly anyOrigin: boolean;
  readonly matcher: OriginMatcher;
  readonly allowCredentials: boolean;
  readonly anyMethod: boolean;
  readonly methods: NameSet;
  readonly anyHeader: boolean;
  /** The headers that are named, `*` not among them. */
  readonly headers: NameSet;
  /** The lists as they stand in an answer; `undefined` where there is nothing to list. */
  readonly allowMethodsValue: string | undefined;
  readonly allowHeadersValue: string | undefined;
  readonly exposeHeadersValue: string | undefined;
  readonly maxAgeValue: string | undefined;
  readonly preflightStatus: 204 | 200;
  readonly varyActual: string | undefined;
  readonly varyPreflight: string | undefined;
  readonly protection: boolean;
  readonly lookup: LookupRuntime | undefined;
}
