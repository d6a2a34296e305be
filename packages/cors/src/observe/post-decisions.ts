import type { DecisionRecord } from "./decision-record.ts";
import { DeliveryError } from "./outbox.ts";

/** What is sent: some decisions, in the order in which they were made. JSON, by POST. */
export interface SentDecisions {
  readonly version: 1;
  /** Who sends: a name that no other sender has. */
  readonly sender: string;
  /** Counts what this sender sends, from 1. The same number again is the same again: it was not known whether it had arrived. */
  readonly sequence: number;
  /** The name under which the decisions are counted: that of the service, or of a part of it. */
  readonly service: string;
  /** Decisions that were dropped since the number before. */
  readonly lost: number;
  readonly events: readonly DecisionRecord[];
}

const timeoutMs = 10_000;

/** Milliseconds between two tries, at most. */
export const maxPauseMs = 60_000;

/** Posts a batch to the journal. @throws {DeliveryError} if the journal did not accept it */
export async function postDecisions(url: string, token: string | undefined, sent: SentDecisions): Promise<void> {
  const headers = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(url, {
    method: "POST",
    headers,
    body: JSON.stringify(sent),
    // The token is for this address and no other.
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new DeliveryError(
      `corsmith: nothing is listening for decisions at ${url} (${reasonOf(error)}). Requests are served all the same, and the decisions wait. ` +
        "Is `corsmith console` or `corsmith serve` running there?",
    );
  });
  await response.body?.cancel().catch(() => {});
  if (response.ok) return;
  const { status } = response;
  throw new DeliveryError(
    `corsmith: ${url} answered decisions with ${status}.${adviceFor(status)}`,
    status < 500 && status !== 408 && status !== 429,
    Math.min(maxPauseMs, Number(response.headers.get("retry-after") ?? 0) * 1_000 || 0),
  );
}

/** `fetch` says only that it failed; what has happened stands in the cause, and has a code: `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  const { cause = error } = error instanceof Error ? error : {};
  if (typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string")
    return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return " It requires a token: sendDecisions({ token }).";
  if (status === 404 || status === 405) return " Is it the admin address of a `corsmith console` or `corsmith serve`?";
  return "";
}
