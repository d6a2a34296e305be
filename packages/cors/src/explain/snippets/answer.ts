import { explanationOf } from "../explanations.ts";
import type { Snippet } from "./snippet.ts";
import type { Wish } from "./wish.ts";

/** The answer that would pass, as it looks on the wire: what every configuration comes to. */
export function answer(wish: Wish): Snippet {
  const { code, origin, credentials, methods, headers, expose } = wish;
  const preflight = explanationOf(code).phase === "preflight";
  const lines = [
    ...(preflight ? ["HTTP/1.1 204 No Content"] : []),
    `Access-Control-Allow-Origin: ${origin}`,
    ...(credentials ? ["Access-Control-Allow-Credentials: true"] : []),
    ...(preflight && !/header/.test(code) ? [`Access-Control-Allow-Methods: ${methods.join(", ")}`] : []),
    ...(preflight && !/method/.test(code) ? [`Access-Control-Allow-Headers: ${headers.join(", ")}`] : []),
    ...(expose.length > 0 ? [`Access-Control-Expose-Headers: ${expose.join(", ")}`] : []),
    "Vary: Origin",
  ];
  const title = preflight ? "The answer to OPTIONS, whoever sends it" : "The headers of the answer, whoever sends it";
  return { stack: "http", title, language: "http", code: lines.join("\n") };
}
