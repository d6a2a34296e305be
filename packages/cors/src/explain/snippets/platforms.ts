import type { Snippet } from "./snippet.ts";
import type { Wish } from "./wish.ts";

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
