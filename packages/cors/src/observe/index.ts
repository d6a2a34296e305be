export { printable } from "../http/printable.ts";
export type { DecisionEvent } from "./decision-record.ts";
export type { Exchange } from "./exchange.ts";
export type { SentDecisions } from "./post-decisions.ts";
export type { SendOptions } from "./send-decisions.ts";
export { type DecisionSender, sendDecisions } from "./send-decisions.ts";
