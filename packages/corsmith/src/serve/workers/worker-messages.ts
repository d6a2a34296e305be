import type { PolicySetData } from "../../config/policy-set.ts";
import type { Flags } from "../../config/settings.ts";
import type { Delta } from "../../journal/counting/delta.ts";
import type { Measurements } from "../../metrics/measurements.ts";
import type { LogOptions } from "../log.ts";
import type { GatewaySettings } from "./gateway-pool.ts";

/** The argument that makes the command a worker. Not for people. */
export const workerArgument = "corsmith-worker";

/** The policies of a load on their way to a worker. */
export interface SentPolicies {
  readonly load: number;
  readonly data: PolicySetData;
  /**
   * How to load them again, where they hold code (`originLookup`) that cannot be sent. What the worker then gets must agree with `data`:
   * a file that was edited meanwhile must not make two policies active.
   */
  readonly reload?: { readonly folder: string; readonly flags: Flags };
}

/** What the primary sends to a worker. */
export type PrimaryMessage =
  | {
      readonly type: "start";
      readonly settings: GatewaySettings;
      readonly policies: SentPolicies;
      readonly log: LogOptions;
      /** Are decisions to be counted for the journal? */
      readonly counts: boolean;
    }
  | { readonly type: "policies"; readonly policies: SentPolicies }
  | { readonly type: "drain" }
  | { readonly type: "measure" }
  | { readonly type: "counted"; readonly sequence: number };

/** What a worker sends to the primary. */
export type WorkerMessage =
  | { readonly type: "waiting" }
  | { readonly type: "listening"; readonly url: string }
  | { readonly type: "refused"; readonly code: string; readonly message: string }
  | { readonly type: "delta"; readonly sequence: number; readonly delta: Delta }
  | { readonly type: "measured"; readonly measurements: Measurements }
  | { readonly type: "in-force"; readonly load: number }
  | { readonly type: "not-in-force"; readonly load: number; readonly message: string };
