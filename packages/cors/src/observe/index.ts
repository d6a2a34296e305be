export { printable } from "../http/printable.ts";
export { type DecisionAnswer, type DecisionKind, type DecisionRecord, refusedDetail } from "./decision-record.ts";
export { isRefusal, isUndecided } from "./is-refusal.ts";
export { DeliveryError, Outbox, type OutboxOptions } from "./outbox.ts";
export type { Exchange } from "./pending-responses.ts";
export type { SentDecisions } from "./post-decisions.ts";
export { type DecisionSender, type SendOptions, sendDecisions } from "./send-decisions.ts";
