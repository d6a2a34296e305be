import type { PolicyInput } from "@corsmith/cors";
import type { Running } from "../support/listen.ts";
import type { Mount } from "./application.ts";

/** What the adapters are told in tests: nothing is printed. */
export const quiet = { onError: () => {}, onConflict: () => {}, onStacked: () => {} } as const;

/** A framework with Corsmith's adapter for it, and the application of `application.ts`. */
export interface Host {
  /** As people call it, with its version. */
  readonly name: string;
  /** The adapter's subpath. */
  readonly adapter: string;
  start(policy: PolicyInput, mount: Mount): Promise<Running>;
}
