import type { Operation } from "./operation.ts";
import { decisionOperations } from "./operations/decision-operations.ts";
import { policyOperations } from "./operations/policy-operations.ts";
import { LiveEvent } from "./schemas/events.ts";
import { CheckReport, CheckRequest } from "./schemas/live-check.ts";
import { Status } from "./schemas/status.ts";

/** Every call of the operator's API, by its name. */
export const operations = {
  getStatus: {
    method: "GET",
    path: "/api/status",
    tag: "Status",
    summary: "How the program is",
    answer: Status,
    status: 200,
    problems: [],
  },
  ...policyOperations,
  ...decisionOperations,
  streamEvents: {
    method: "GET",
    path: "/api/events",
    tag: "Live",
    summary: "What happens now, as server-sent events",
    description:
      "A comment every 15 seconds keeps the connection. Begins behind `Last-Event-ID`, as far as that is still kept. Read it with `EventSource`, or with `fetch` where a token is needed.",
    answer: LiveEvent,
    stream: true,
    status: 200,
    problems: ["too-many"],
  },
  checkLive: {
    method: "POST",
    path: "/api/check",
    tag: "Live",
    summary: "What a page would do with the live API",
    description:
      "Sends what a browser would send, as GET, HEAD and OPTIONS only, and only to the gateway itself or the API behind it.",
    body: CheckRequest,
    answer: CheckReport,
    status: 200,
    problems: ["check-refused", "too-many"],
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** The name of a call. */
export type OperationName = keyof typeof operations;
