import type { OriginPattern } from "../origin/origin-pattern.ts";
import type { Dangers, OriginLookup } from "./policy-input.ts";

/** A policy as it was read: every value normalised, whether or not there are findings. */
export interface PolicyDraft {
  readonly origins: readonly OriginPattern[];
  readonly allowCredentials: boolean;
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAge?: number | undefined;
  readonly crossOriginProtection: boolean;
  readonly preflightStatus: 204 | 200;
  readonly originLookup?: OriginLookup | undefined;
  readonly dangerously?: Dangers | undefined;
}
