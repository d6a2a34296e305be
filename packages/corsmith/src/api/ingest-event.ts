import type { DecisionRecorder } from "../journal/journal.ts";
import type { IngestedEvent } from "./schemas/decisions.ts";

/** Counts the event of a middleware. It tells less than a gateway knows: what is missing is said to be unknown, never guessed. */
export function ingestEvent(recorder: DecisionRecorder, event: IngestedEvent, service = "/"): void {
  recorder.record(
    {
      time: event.time,
      route: service,
      kind: event.preflight ? "preflight" : "actual",
      reason: event.reason,
      origin: event.origin,
      method: event.refusedMethod ?? event.method,
      status: event.status,
      answeredAtOnce: event.status !== undefined,
      credentials: false,
      headerless: false,
      aborted: false,
      userAgent: undefined,
    },
    () => ({
      requestMethod: event.method,
      path: event.path,
      host: undefined,
      requestedHeaders: [],
      headerNames: [],
      fetchMode: undefined,
      fetchSite: undefined,
      refused: refusedOf(event),
      answer: [],
      durationMs: undefined,
    }),
  );
}

function refusedOf({ refusedMethod, names, field }: IngestedEvent): readonly string[] {
  return names ?? [refusedMethod ?? field].filter((name) => name !== undefined);
}
