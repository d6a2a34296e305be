import { definePolicy, isPolicy } from "../policy/define-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";

/** What every adapter may be told. */
export interface AdapterOptions {
  /** Hears of an error that the application threw and nobody caught, after it was answered with 500. Default `console.error`. */
  readonly onError?: (error: unknown) => void;
  /**
   * Hears of a CORS header that the application set itself. It was replaced: two owners make double values, which browsers refuse.
   * Default: `console.warn`, once a name.
   */
  readonly onConflict?: (header: string, value: string) => void;
}

/** Options with nothing left open. */
export type AdapterReports = Required<AdapterOptions>;

/** Takes a policy, or what a policy is made of. @throws {PolicyError} */
export function toPolicy(policy: PolicyInput | Policy): Policy {
  return isPolicy(policy) ? policy : definePolicy(policy);
}

/** Fills what the options leave open. */
export function adapterReports(options: AdapterOptions): AdapterReports {
  const told = new Set<string>();
  return {
    onError: options.onError ?? ((error) => console.error(error)),
    onConflict:
      options.onConflict ??
      ((header, value) => {
        if (told.has(header.toLowerCase())) return;
        told.add(header.toLowerCase());
        console.warn(
          `corsmith: the application set ${header}: ${value}. It was replaced by the policy's; remove it there.`,
        );
      }),
  };
}
