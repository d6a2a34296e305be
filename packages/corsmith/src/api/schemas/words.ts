import { Type } from "typebox";

/** Why a decision came out as it did: the library's own words. */
export const Reason = Type.Union(
  [
    Type.Literal("not-cross-origin"),
    Type.Literal("allowed"),
    Type.Literal("origin-refused"),
    Type.Literal("method-refused"),
    Type.Literal("headers-refused"),
    Type.Literal("origin-lookup-failed"),
    Type.Literal("malformed"),
  ],
  { title: "Reason", description: "Why a decision came out as it did. The words never change meaning." },
);

/** What kind of request was decided. */
export const Kind = Type.Union([Type.Literal("preflight"), Type.Literal("actual"), Type.Literal("upgrade")], {
  title: "Kind",
  description: "A preflight, the request itself, or an upgrade to a WebSocket.",
});
