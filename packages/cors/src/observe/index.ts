export { printable } from "../http/printable.ts";
export type { DecisionEvent } from "./decision-event.ts";
export type { Exchange } from "./exchange.ts";
export { type DecisionSender, sendDecisions } from "./send-decisions.ts";
export type { SendOptions } from "./send-options.ts";
export type { SentDecisions } from "./sent-decisions.ts";
