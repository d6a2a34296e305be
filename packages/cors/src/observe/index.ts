export type { DecisionEvent } from "./decision-event.ts";
export { printable } from "./printable.ts";
