import type { Journal } from "../journal/journal.ts";
import type { EventHub } from "./event-hub.ts";
import type { PolicyDesk } from "./policy/policy-desk.ts";
import type { CheckReport, CheckRequest } from "./schemas/live-check.ts";
import type { Status } from "./schemas/status.ts";

/** What the calls are answered from. */
export interface ApiContext {
  /** The version of the program. */
  readonly version: string;
  /** How the program is, but for what the journal says itself. */
  readonly status: () => Omit<Status, "journal" | "now">;
  readonly desk: PolicyDesk;
  readonly journal: Journal | undefined;
  readonly events: EventHub;
  /** Asks the live API as a browser would. */
  readonly check: (request: CheckRequest) => Promise<CheckReport>;
  /** Told of errors that nobody meant. */
  readonly onError: (error: unknown) => void;
}
