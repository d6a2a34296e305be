import type { DecisionEvent } from "./decision-event.ts";

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
