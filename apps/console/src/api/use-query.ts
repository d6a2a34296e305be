import { QueryClient, QueryObserver, type QueryObserverResult } from "@tanstack/query-core";
import type { Calls } from "corsmith/api";
import { useEffect, useState } from "preact/hooks";
import { type Call, type CallInput, call, needsToken, ProblemError } from "./call.ts";

/** The answers, cached for all views. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // The server is often on this machine, and needs no network.
      networkMode: "always",
      retryDelay: 500,
      retry: (failures, error) => failures < 2 && !(error instanceof ProblemError && error.problem !== undefined),
    },
  },
});

/** When a query is sent. */
export interface QueryOptions {
  /** Milliseconds after which it is sent again, while the tab is visible. */
  readonly intervalMs?: number;
  /** `false`: not yet. */
  readonly enabled?: boolean;
}

/** Asks the API and renders again when the answer comes; what was shown stays until then, so that nothing jumps. */
export function useQuery<Name extends Call>(
  name: Name,
  input: CallInput<Name> = {},
  { intervalMs, enabled = true }: QueryOptions = {},
): QueryObserverResult<Calls[Name]["answer"], Error> {
  const options = queryClient.defaultQueryOptions<Calls[Name]["answer"], Error>({
    queryKey: [name, input],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => call(name, input, signal),
    enabled,
    // A wrong token stays wrong: each attempt would only use up the ones that are left.
    refetchInterval: ({ state }) => (needsToken(state.error) ? false : (intervalMs ?? false)),
    placeholderData: keepPrevious,
  });
  const [observer] = useState(() => new QueryObserver<Calls[Name]["answer"], Error>(queryClient, options));
  const [, redraw] = useState(0);
  observer.setOptions(options);
  useEffect(() => observer.subscribe(() => redraw((count) => count + 1)), [observer]);
  return observer.getOptimisticResult(options);
}

function keepPrevious<Data>(previous: Data): Data {
  return previous;
}
