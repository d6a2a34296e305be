import type { Setup } from "../hosts/host.ts";
import type { Running } from "../support/listen.ts";

/** Something that gives CORS to a framework: an adapter of ours, or another library. */
export interface Subject {
  /** The name of the column. */
  readonly name: string;
  readonly http2: boolean;
  /**
   * Starts the application of `hosts/application.ts` under the policy `page` of the table, or what comes closest to it.
   * `anyOriginWithCookies`: under a policy that allows every origin with credentials instead, which a library should refuse to build.
   */
  start(setup: Setup, anyOriginWithCookies?: boolean): Promise<Running>;
}
