import type { TObject, TProperties, TSchema } from "typebox";
import type { Journal } from "../journal/journal.ts";
import type { Data } from "../journal/schema/common.ts";
import type { ProblemCode } from "./api-problem.ts";
import type { EventHub } from "./event-hub.ts";
import type { PolicyDesk } from "./policy/policy-service.ts";
import type { CheckReport, CheckRequest } from "./schemas/live.ts";
import type { Status } from "./schemas/status.ts";

/** The unit in which the largest bodies are given, in bytes. */
export const megabyte = 1_048_576;

/** One call of the API, described once: the router, the validation, the document and the types all come from it. */
export interface Operation {
  readonly method: "GET" | "POST";
  /** `/api/origins/{origin}`: a part in braces is one segment of the path, percent-encoded. */
  readonly path: `/api/${string}`;
  readonly tag: "Status" | "Policy" | "Versions" | "Decisions" | "Live";
  readonly summary: string;
  readonly description?: string;
  readonly params?: TProperties;
  readonly query?: TProperties;
  readonly body?: TSchema;
  /** The largest body in bytes. Default 64 KiB. */
  readonly bodyBytes?: number;
  /** What is answered; a stream of server-sent events carries one such in each `data`. */
  readonly answer: TSchema;
  readonly stream?: boolean;
  readonly status: 200 | 202;
  /** The codes with which it can refuse, beside those with which every call can. */
  readonly problems: readonly ProblemCode[];
}

type Part<Properties> = Properties extends TProperties ? Data<TObject<Properties>> : Readonly<Record<never, never>>;
type Body<Schema> = Schema extends TSchema ? Data<Schema> : undefined;
type Given<Described, Key extends keyof Operation> = Described extends { readonly [K in Key]: infer Value }
  ? Value
  : undefined;

/** What a call is asked with, once it has been checked. */
export interface OperationInput<Described extends Operation> {
  readonly params: Part<Given<Described, "params">>;
  readonly query: Part<Given<Described, "query">>;
  readonly body: Body<Given<Described, "body">>;
}

/** What it answers. */
export type OperationAnswer<Described extends Operation> = Data<Described["answer"]>;

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
