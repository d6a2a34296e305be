import { Type } from "typebox";
import { Candidate } from "./policy.ts";
import { type Data, named } from "./schema.ts";
import { Kind, Reason } from "./words.ts";

/** For which requests the effect is asked. */
export const MatrixRequest = Type.Object(
  {
    candidate: Type.Optional(Candidate),
    path: Type.Optional(
      Type.String({
        maxLength: 2_048,
        description: "The path of the request, by which its route is found. Default `/`.",
      }),
    ),
    origins: Type.Optional(
      Type.Array(Type.String({ maxLength: 1_024 }), {
        maxItems: 200,
        description: "Default: those that the policy names, one example for each pattern, and a stranger.",
      }),
    ),
    methods: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 20,
        description: "Default GET, POST, PUT, PATCH, DELETE.",
      }),
    ),
    headers: Type.Optional(
      Type.Array(Type.String({ maxLength: 256 }), {
        maxItems: 50,
        description: "Headers that the page sets, beyond the safelist.",
      }),
    ),
  },
  { ...named("MatrixRequest", "For which requests the effect is asked."), additionalProperties: false },
);
export type MatrixRequest = Data<typeof MatrixRequest>;

/** What one page meets with one method. */
export const Effect = Type.Object(
  {
    method: Type.String(),
    allowed: Type.Boolean({ description: "May the page read the answer?" }),
    preflight: Type.Boolean({ description: "Does the browser ask first?" }),
    reason: Reason,
    kind: Kind,
    credentials: Type.Boolean({ description: "Do cookies and authentication go along, if the page wants it?" }),
    reaches: Type.Boolean({ description: "Does the request reach the API, even if the page may not read the answer?" }),
    names: Type.Optional(Type.Array(Type.String(), { description: "The headers that are refused." })),
  },
  named("Effect", "What a page of an origin meets with a method."),
);
export type Effect = Data<typeof Effect>;

/** The effect of a policy: origins down, methods across. */
export const Matrix = Type.Object(
  {
    path: Type.String(),
    route: Type.String({ description: "The route that the path falls under; `/` for the policy beside the routes." }),
    methods: Type.Array(Type.String()),
    rows: Type.Array(
      Type.Object({
        origin: Type.String(),
        pattern: Type.Optional(Type.String({ description: "The pattern for which this origin is an example." })),
        named: Type.Boolean({ description: "Does it come from the policy, or is it a stranger?" }),
        effects: Type.Array(Effect),
      }),
    ),
  },
  named("Matrix", "The effect of a policy: origins down, methods across."),
);
export type Matrix = Data<typeof Matrix>;
