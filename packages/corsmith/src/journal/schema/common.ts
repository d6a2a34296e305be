import { type Static, type TLiteral, type TSchema, type TSchemaOptions, type TUnion, Type } from "typebox";
import { decisionKinds, engineFamilies, reasons } from "./words.ts";

/**
 * What a schema describes, as the plain readonly data that this project passes around. A schema is the one source of a type, of its
 * validation and of its place in the OpenAPI document.
 */
export type Data<Schema extends TSchema> = Frozen<Static<Schema>>;

type Frozen<Value> = Value extends object ? { readonly [Key in keyof Value]: Frozen<Value[Key]> } : Value;

/** The options of a schema that has a name in the document; everything that refers to it does so by this name. */
export function named(title: string, description: string): { readonly title: string; readonly description: string } {
  return { title, description };
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words, options: TSchemaOptions = {}) {
  type Literals = { -readonly [Place in keyof Words]: TLiteral<Words[Place]> };
  return Type.Union(
    words.map((word) => Type.Literal(word)),
    options,
  ) as unknown as TUnion<Literals>;
}

/** What may be missing. */
export function orNull<Schema extends TSchema>(schema: Schema, description?: string) {
  return Type.Union([schema, Type.Null()], description === undefined ? {} : { description });
}

/** A text, perhaps of a limited length. */
export function text(description: string, maxLength?: number) {
  return Type.String({ ...(maxLength === undefined ? {} : { maxLength }), description });
}

/** A number of things. */
export function count(description?: string) {
  return Type.Integer({ minimum: 0, ...(description === undefined ? {} : { description }) });
}

/** Milliseconds since 1970, as in the library's `DecisionRecord`. */
export const Time = count("Milliseconds since 1970.");

/** A stretch of time. What is asked for is widened to whole minutes; where only hours are kept, an hour counts where it begins. */
export const TimeRange = Type.Object(
  { from: Time, to: Time },
  named("Range", "A stretch of time: `from` belongs to it, `to` does not. Widened to whole minutes."),
);
export type TimeRange = Data<typeof TimeRange>;

/** The window that a question about the journal is about. */
export const windowQuery = {
  from: Type.Optional(count("From when on, in milliseconds since 1970. Default: an hour before `to`.")),
  to: Type.Optional(count("Until when, in milliseconds since 1970. Default: now.")),
};

/** How the pages of a list are read. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: "How many at most. Default 50." })),
  cursor: Type.Optional(Type.String({ maxLength: 1_024, description: "The `next` of the page before." })),
};

/** Where the next page begins; absent on the last page. */
export const next = Type.Optional(
  Type.String({ description: "Pass it as `cursor` for the next page; absent on the last page." }),
);

export const Reason = oneOf(reasons, {
  title: "Reason",
  description: "Why a decision came out as it did. The words never change meaning.",
});

export const Kind = oneOf(decisionKinds, {
  title: "Kind",
  description: "A preflight, a request that goes to the application, or the request for a WebSocket.",
});

/** The engine of the browser that asked: the differences between browsers in CORS are those between engines. */
export const Engine = oneOf(engineFamilies, {
  title: "Engine",
  description: "The engine of the browser that asked, by its `User-Agent`; `none` without one.",
});

/** How many decisions, and what became of them. Sums of two are the counts of both: roll-ups are merged by adding. */
export const Counts = Type.Object(
  {
    decisions: count("Decisions."),
    credentialed: count("Requests that carried a cookie or an Authorization header."),
    errors: count("Answers of 400 and above from the application, or in its place; not the policy's own refusals."),
    headerless: count("Errors to allowed origins that had no CORS headers. Must be 0."),
    tooLarge: count("Look-alikes: errors that are often reported as CORS failures. Status 413."),
    tooMany: count("Look-alikes: status 429."),
    badGateway: count("Look-alikes: status 502."),
    gatewayTimeout: count("Look-alikes: status 504."),
    aborted: count("Answers that broke off, and clients that disconnected."),
  },
  named("Counts", "How many decisions, and what became of them."),
);
export type Counts = Data<typeof Counts>;

const ByReason = Type.Partial(
  Type.Record(Reason, count()),
  named("ByReason", "Decisions by their reason. Reasons that did not occur are absent."),
);

export const breakdown = { counts: Counts, byReason: ByReason };

export const Breakdown = Type.Object(breakdown, named("Breakdown", "Counts, and decisions by reason."));
export type Breakdown = Data<typeof Breakdown>;
