import { Type } from "typebox";

/** Milliseconds since 1970, as in the library's `DecisionEvent`. */
export const Time = Type.Integer({ minimum: 0, description: "Milliseconds since 1970." });

/** The window that a question about the journal is about. */
export const windowQuery = {
  from: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: "From when on, in milliseconds since 1970. Default: an hour before `to`.",
    }),
  ),
  to: Type.Optional(Type.Integer({ minimum: 0, description: "Until when, in milliseconds since 1970. Default: now." })),
};

/** How a list that goes on is read on. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: "How many at most. Default 50." })),
  cursor: Type.Optional(Type.String({ maxLength: 1_024, description: "The `next` of the page before." })),
};

/** Where the list goes on; absent at its end. */
export const next = Type.Optional(Type.String({ description: "Give it as `cursor` to read on; absent at the end." }));
