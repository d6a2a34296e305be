import type { HeaderList } from "./header-list.ts";

/** One request that went out and what came back, for the reader of a trace. Bodies are not kept. */
export interface Exchange {
  readonly kind: "preflight" | "actual";
  readonly request: { readonly method: string; readonly url: string; readonly headers: HeaderList };
  /** Missing if no answer came. */
  readonly response?: { readonly status: number; readonly statusText: string; readonly headers: HeaderList };
}
