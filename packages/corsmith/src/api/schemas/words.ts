import { Type } from "typebox";

/** Why a decision came out as it did: the library's own words. */
export const Reason = Type.Union(
  [
    Type.Literal("allowed"),
    Type.Literal("origin-refused"),
    Type.Literal("method-refused"),
    Type.Literal("headers-refused"),
    Type.Literal("origin-lookup-failed"),
    Type.Literal("malformed"),
    Type.Literal("not-cross-origin"),
  ],
  { title: "Reason", description: "Why a decision came out as it did. The words never change meaning." },
);

/** What kind of request was decided. */
export const Kind = Type.Union([Type.Literal("preflight"), Type.Literal("actual"), Type.Literal("websocket")], {
  title: "Kind",
  description: "A preflight, a request that goes to the application, or the request for a WebSocket.",
});

/** The engine of the browser that asked. */
export const Engine = Type.Union(
  [
    Type.Literal("chromium"),
    Type.Literal("firefox"),
    Type.Literal("webkit"),
    Type.Literal("other"),
    Type.Literal("none"),
  ],
  { title: "Engine", description: "The engine of the browser that asked, by its `User-Agent`; `none` without one." },
);
