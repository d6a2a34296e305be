import { compileNames } from "../http/list.ts";
import { compileOrigins } from "../origin/origin-matcher.ts";
import { formatOriginPattern, type OriginPattern } from "../origin/origin-pattern.ts";
import type { LookupRuntime } from "./lookup-runtime.ts";
import { type CompiledPolicy, compiled, type Policy } from "./policy.ts";
import type { Dangers, OriginLookup } from "./policy-input.ts";

/**
 * Compiles a policy that was read without errors. All work that does not need a request is done here, once.
 *
 * @param lookup what asks the draft's `originLookup`; handed in, so that a program without one does not carry it
 */
export function compilePolicy(draft: PolicyDraft, lookup?: LookupRuntime): Policy {
  const policy: Policy = {
    allowOrigins: Object.freeze(draft.origins.map(formatOriginPattern)),
    allowCredentials: draft.allowCredentials,
    allowMethods: Object.freeze(draft.allowMethods),
    allowHeaders: Object.freeze(draft.allowHeaders),
    exposeHeaders: Object.freeze(draft.exposeHeaders),
    ...(draft.upstreamExposeHeaders === undefined ? {} : { upstreamExposeHeaders: draft.upstreamExposeHeaders }),
    ...(draft.maxAge === undefined ? {} : { maxAge: draft.maxAge }),
    crossOriginProtection: draft.crossOriginProtection,
    preflightStatus: draft.preflightStatus,
    ...(draft.originLookup === undefined ? {} : { originLookup: draft.originLookup }),
    ...(draft.dangerously === undefined ? {} : { dangerously: Object.freeze(draft.dangerously) }),
    [compiled]: compileTerms(draft, lookup),
  };
  Object.defineProperty(policy, compiled, { enumerable: false });
  return Object.freeze(policy);
}

function compileTerms(draft: PolicyDraft, lookup: LookupRuntime | undefined): CompiledPolicy {
  const anyOrigin = draft.origins.some((pattern) => pattern.kind === "any");
  const anyHeader = draft.allowHeaders.includes("*");
  const headers = compileNames(draft.allowHeaders.filter((name) => name !== "*"));
  return {
    anyOrigin,
    matcher: compileOrigins(draft.origins),
    allowCredentials: draft.allowCredentials,
    anyMethod: draft.allowMethods.includes("*"),
    methods: compileNames(draft.allowMethods),
    anyHeader,
    headers,
    allowMethodsValue: joined(draft.allowMethods),
    allowHeadersValue: joined(draft.allowHeaders),
    exposeHeadersValue: joined(draft.exposeHeaders),
    maxAgeValue: draft.maxAge?.toString(),
    preflightStatus: draft.preflightStatus,
    varyActual: anyOrigin ? undefined : "Origin",
    varyPreflight: varyOfPreflights(anyOrigin, anyHeader && !headers.has("authorization")),
    protection: draft.crossOriginProtection,
    lookup,
  };
}

/**
 * An answer varies on what it depends on. Under any origin it is the same for everyone, unless `*` has to be spelled out for the
 * engines that let it cover `authorization`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
function varyOfPreflights(anyOrigin: boolean, spellsOutHeaders: boolean): string | undefined {
  if (!anyOrigin) return "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
  return spellsOutHeaders ? "Access-Control-Request-Headers" : undefined;
}

function joined(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join(", ");
}

/** A policy as it was read: every value normalised, whether or not there are findings. */
export interface PolicyDraft {
  readonly origins: readonly OriginPattern[];
  readonly allowCredentials: boolean;
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly upstreamExposeHeaders?: "merge" | undefined;
  readonly maxAge?: number | undefined;
  readonly crossOriginProtection: boolean;
  readonly preflightStatus: 204 | 200;
  readonly originLookup?: OriginLookup | undefined;
  readonly dangerously?: Dangers | undefined;
}
