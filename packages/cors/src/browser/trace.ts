import type { Exchange } from "./exchange.ts";
import type { FailureCode } from "./failure-code.ts";
import type { Header } from "./header-list.ts";
import type { FilteredResponse } from "./response.ts";
import type { Step } from "./step.ts";

/** A response as a script sees it, as plain data and without its body. */
export interface TracedResponse
  extends Pick<FilteredResponse, "type" | "status" | "statusText" | "url" | "redirected"> {
  /** Lower case, sorted, lines of one name joined. */
  readonly headers: readonly Header[];
}

/** A fetch, told step by step. */
export type Trace =
  | {
      readonly outcome: "ok";
      readonly steps: readonly Step[];
      readonly exchanges: readonly Exchange[];
      readonly response: TracedResponse;
    }
  | {
      readonly outcome: "error";
      readonly code: FailureCode;
      readonly steps: readonly Step[];
      readonly exchanges: readonly Exchange[];
    };
