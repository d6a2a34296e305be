import type { DecisionEvent } from "./decision-record.ts";
import type { SendOptions } from "./send-decisions.ts";

const patienceMs = 10_000;

/** Milliseconds between two tries, at most. */
export const longestPauseMs = 60_000;

/** What came of a batch. */
export type Delivery =
  | { readonly kind: "arrived" }
  /** It can arrive later. */
  | { readonly kind: "late"; readonly message: string; readonly retryMs: number }
  /** It will never be taken as it is. */
  | { readonly kind: "refused"; readonly message: string; readonly retryMs: number };

/** Posts a batch to the journal. The promise never rejects. */
export async function postDecisions(
  { url, token }: Pick<SendOptions, "token"> & { readonly url: string },
  sent: SentDecisions,
): Promise<Delivery> {
  const headers = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(sent),
      // The token is for this place and no other.
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: "arrived" };
    const { status } = response;
    const message = `corsmith: ${url} answered decisions with ${status}.${adviceFor(status)}`;
    const retryMs = Math.min(longestPauseMs, Number(response.headers.get("retry-after") ?? 0) * 1_000 || 0);
    return { kind: status >= 500 || status === 408 || status === 429 ? "late" : "refused", message, retryMs };
  } catch (error) {
    const message =
      `corsmith: nobody takes decisions at ${url} (${reasonOf(error)}). Requests are served all the same, and the decisions wait. ` +
      "Is `corsmith console` or `corsmith serve` running there?";
    return { kind: "late", message, retryMs: 0 };
  }
}

/** `fetch` says only that it failed; what has happened stands in the cause, and has a code: `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  const { cause = error } = error instanceof Error ? error : {};
  if (typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return " It demands its token: sendDecisions({ token }).";
  if (status === 404 || status === 405) return " Is it the admin address of a `corsmith console` or `corsmith serve`?";
  return "";
}

/** What is sent: some decisions, in the order in which they were made. JSON, by POST. */
export interface SentDecisions {
  readonly version: 1;
  /** Who sends: a name that no other sender has. */
  readonly sender: string;
  /** Counts what this sender sends, from 1. The same number again is the same again: it was not known whether it had come. */
  readonly sequence: number;
  /** The name under which the decisions are counted: that of the service, or of a part of it. */
  readonly service: string;
  /** Decisions that were dropped since the number before. */
  readonly lost: number;
  readonly events: readonly DecisionEvent[];
}
