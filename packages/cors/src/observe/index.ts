export type { DecisionEvent } from "./decision-event.ts";
export { printable } from "../http/printable.ts";
