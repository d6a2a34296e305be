import { callsOf } from "../operation.ts";
import { CheckReport, CheckRequest, LiveEvent } from "../schemas/live.ts";

const { get, post } = callsOf("Live");

/** What happens now. */
export const liveOperations = {
  streamEvents: get("/api/events", "What happens now, as server-sent events", {
    description:
      "A comment every 15 seconds keeps the connection. Begins behind `Last-Event-ID`, as far as that is still kept. Read it with `EventSource`, or with `fetch` where a token is needed.",
    answer: LiveEvent,
    problems: ["too-many"],
  }),
  checkLive: post("/api/check", "What a page would do with the live API", {
    description:
      "Sends what a browser would send, as GET, HEAD and OPTIONS only, and only to the gateway itself or the API behind it.",
    body: CheckRequest,
    answer: CheckReport,
    problems: ["check-refused", "too-many"],
    handle: ({ body }, { check }) => check(body),
  }),
};
