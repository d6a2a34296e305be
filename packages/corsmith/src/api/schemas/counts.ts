import { Type } from "typebox";
import { type Data, named } from "./schema.ts";

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** How many decisions, and what became of them. */
const Counts = Type.Object(
  {
    decisions: count("Decisions."),
    credentialed: count("Requests that bore a cookie or an Authorization header."),
    errors: count("Answers of 400 and above from the application, or in its place; not the policy's own refusals."),
    headerless: count("Errors to allowed origins that had no CORS headers. Must be 0."),
    tooLarge: count("Look-alikes: errors that are often reported as CORS failures. Status 413."),
    tooMany: count("Look-alikes: status 429."),
    badGateway: count("Look-alikes: status 502."),
    gatewayTimeout: count("Look-alikes: status 504."),
    aborted: count("Answers that broke off, and clients that left."),
  },
  named("Counts", "How many decisions, and what became of them."),
);

const number = Type.Optional(Type.Integer({ minimum: 0 }));

/** How the decisions part by reason. */
const ByReason = Type.Object(
  {
    allowed: number,
    "origin-refused": number,
    "method-refused": number,
    "headers-refused": number,
    "origin-lookup-failed": number,
    malformed: number,
    "not-cross-origin": number,
  },
  named("ByReason", "Decisions by their reason. Reasons that did not occur are absent."),
);

/** Counts, and how they part by reason. */
export const breakdown = { counts: Counts, byReason: ByReason };

export const Breakdown = Type.Object(breakdown, named("Breakdown", "Counts, and how they part by reason."));
export type Breakdown = Data<typeof Breakdown>;
