import type { TObject, TProperties, TSchema } from "typebox";
import type { Journal } from "../journal/open-journal.ts";
import type { Data } from "../journal/schema/common.ts";
import type { EventHub } from "./event-hub.ts";
import type { PolicyService } from "./policy/policy-service.ts";
import type { CheckReport, CheckRequest } from "./schemas/live.ts";
import type { ProblemCode } from "./schemas/problem.ts";
import type { Status } from "./schemas/status.ts";

/** What the calls are answered from. */
export interface ApiContext {
  /** The version of the program. */
  readonly version: string;
  /** Health and status of the program, without what the journal reports itself. */
  readonly status: () => Omit<Status, "journal" | "now">;
  readonly policy: PolicyService;
  readonly journal: Journal | undefined;
  readonly events: EventHub;
  /** Asks the live API as a browser would. */
  readonly check: (request: CheckRequest) => Promise<CheckReport>;
  /** Called with unexpected errors. */
  readonly onError: (error: unknown) => void;
}

/** The unit in which the largest bodies are given, in bytes. */
export const megabyte = 1_048_576;

/** One call of the API, described once: router, validation, OpenAPI document, types and the console's calls all follow from it. */
export interface Operation<
  Method extends string = string,
  Path extends string = string,
  Params extends TProperties = TProperties,
  Query extends TProperties = TProperties,
  Body extends TSchema | undefined = TSchema | undefined,
  Answer extends TSchema = TSchema,
> extends Details<Params, Query, Body, Answer> {
  readonly method: Method;
  /** `/api/origins/{origin}`: a part in braces is one segment of the path, percent-encoded. */
  readonly path: Path;
  readonly tag: "Status" | "Policy" | "Versions" | "Decisions" | "Live";
  readonly summary: string;
}

interface Details<
  Params extends TProperties,
  Query extends TProperties,
  Body extends TSchema | undefined,
  Answer extends TSchema,
> {
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The largest body in bytes. Default 64 KiB. */
  readonly maxBodyBytes?: number;
  /** What is answered; a stream of server-sent events carries one such in each `data`. */
  readonly answer: Answer;
  /** The status of an answer. Default 200. */
  readonly status?: 202;
  /** The codes with which it can refuse, beside those with which every call can. */
  readonly problems?: readonly ProblemCode[];
  /** Answers the call. Missing for a stream of events: it has no single answer. */
  handle?(
    input: {
      readonly params: Named<Params>;
      readonly query: Named<Query>;
      readonly body: Body extends TSchema ? Data<Body> : undefined;
    },
    context: ApiContext,
  ): Data<Answer> | Promise<Data<Answer>>;
}

type None = Record<never, never>;
type Named<Properties extends TProperties> = [keyof Properties] extends [never]
  ? Readonly<Record<string, never>>
  : Data<TObject<Properties>>;

/** Defines calls under a tag, by their method; `handle` is typed by the schemas beside it. */
export function callsOf(tag: Operation["tag"]) {
  const define =
    <Method extends "GET" | "POST">(method: Method) =>
    <
      const Path extends `/api/${string}`,
      Answer extends TSchema,
      Params extends TProperties = None,
      Query extends TProperties = None,
      Body extends TSchema | undefined = undefined,
    >(
      path: Path,
      summary: string,
      details: Details<Params, Query, Body, Answer>,
    ): Operation<Method, Path, Params, Query, Body, Answer> => ({ method, path, tag, summary, ...details });
  return { get: define("GET"), post: define("POST") };
}
