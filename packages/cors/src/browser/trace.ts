import type { FailureCode } from "../failures/failure.ts";
import type { Header, HeaderList } from "./header-list.ts";
import type { FilteredResponse } from "./response/response.ts";
import type { Step } from "./step.ts";

/** One request that went out and what came back, for the reader of a trace. Bodies are not kept. */
export interface Exchange {
  readonly kind: "preflight" | "actual";
  readonly request: { readonly method: string; readonly url: string; readonly headers: HeaderList };
  /** Missing if no answer came. */
  readonly response?: { readonly status: number; readonly statusText: string; readonly headers: HeaderList };
}

/** A response as a script sees it, as plain data and without its body. */
export interface TracedResponse
  extends Pick<FilteredResponse, "type" | "status" | "statusText" | "url" | "redirected"> {
  /** Lower case, sorted, lines of one name joined. */
  readonly headers: readonly Header[];
}

/** A fetch, step by step. */
export type Trace = { readonly steps: readonly Step[]; readonly exchanges: readonly Exchange[] } & (
  | { readonly outcome: "ok"; readonly response: TracedResponse }
  | { readonly outcome: "error"; readonly code: FailureCode }
);
