export type { DecisionEvent } from "./decision-event.ts";
export { printable } from "./printable.ts";
export { type DecisionSender, sendDecisions } from "./send-decisions.ts";
export type { SendOptions } from "./send-options.ts";
export type { SentDecisions } from "./sent-decisions.ts";
