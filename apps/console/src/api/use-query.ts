import { QueryClient, QueryObserver, type QueryObserverResult } from "@tanstack/query-core";
import type { Calls } from "corsmith/api";
import { useEffect, useState } from "preact/hooks";
import { type Call, type CallInput, call, needsToken, ProblemError } from "./call.ts";

/** What was asked is kept here, for all views. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // The server is mostly on this machine, which needs no network for it.
      networkMode: "always",
      retryDelay: 500,
      retry: (failures, error) => failures < 2 && !(error instanceof ProblemError && error.problem !== undefined),
    },
  },
});

/** How a question is asked, beside what. */
export interface QueryOptions {
  /** Milliseconds after which it is asked again, as long as the tab is looked at. */
  readonly every?: number;
  /** `false`: not yet. */
  readonly enabled?: boolean;
}

/** Asks the API and draws anew when the answer comes; what was shown stays until then, so that nothing jumps. */
export function useQuery<Name extends Call>(
  name: Name,
  input: CallInput<Name> = {},
  { every, enabled = true }: QueryOptions = {},
): QueryObserverResult<Calls[Name]["answer"], Error> {
  const options = queryClient.defaultQueryOptions<Calls[Name]["answer"], Error>({
    queryKey: [name, input],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => call(name, input, signal),
    enabled,
    // A wrong token stays wrong: each attempt would only use up those that are left.
    refetchInterval: ({ state }) => (needsToken(state.error) ? false : (every ?? false)),
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
