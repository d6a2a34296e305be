import { explanationOf } from "../../failures/catalogue.ts";
import type { Snippet, Wish } from "./snippet.ts";

/** What S3 can allow: it knows no other methods. */
const s3Methods: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "POST", "DELETE"]);

/** Our own gateway, and platforms that answer for the application. */
export const platforms: readonly ((wish: Wish) => Snippet)[] = [
  (wish) => ({
    stack: "corsmith",
    title: "corsmith serve in front of any API: corsmith.config.yaml",
    language: "yaml",
    code: [
      "upstream: http://127.0.0.1:8000",
      "policy:",
      `  allowOrigins: [${JSON.stringify(wish.origin)}]`,
      ...(wish.credentials ? ["  allowCredentials: true"] : []),
      `  allowMethods: [${wish.methods.join(", ")}]`,
      `  allowHeaders: [${wish.headers.join(", ")}]`,
      ...(wish.expose.length > 0 ? [`  exposeHeaders: [${wish.expose.join(", ")}]`] : []),
    ].join("\n"),
  }),
  (wish) => ({
    stack: "api-gateway",
    title: "AWS API Gateway (HTTP API), in CloudFormation or SAM",
    language: "yaml",
    code: [
      "CorsConfiguration:",
      `  AllowOrigins: [${JSON.stringify(wish.origin)}]`,
      ...(wish.credentials ? ["  AllowCredentials: true"] : []),
      `  AllowMethods: [${wish.methods.join(", ")}]`,
      `  AllowHeaders: [${wish.headers.join(", ")}]`,
      ...(wish.expose.length > 0 ? [`  ExposeHeaders: [${wish.expose.join(", ")}]`] : []),
    ].join("\n"),
  }),
  (wish) => ({
    stack: "s3",
    title: "Amazon S3, the bucket's CORS configuration",
    language: "json",
    code: JSON.stringify(
      [
        {
          AllowedOrigins: [wish.origin],
          AllowedMethods: wish.methods.filter((method) => s3Methods.has(method)),
          AllowedHeaders: wish.headers,
          ...(wish.expose.length > 0 ? { ExposeHeaders: wish.expose } : {}),
        },
      ],
      null,
      2,
    ),
  }),
];

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
