import type { PolicyInput } from "@corsmith/cors";

/**
 * The policy of the demo, as it would stand in production for one web app: its exact origin, credentials, and nothing wider than what
 * the app calls. PATCH and every header that is not listed are refused, also for the allowed page.
 */
export function demoPolicy(allowedOrigin: string): PolicyInput {
  return {
    allowOrigins: [allowedOrigin],
    allowCredentials: true,
    allowMethods: ["PUT", "DELETE"],
    allowHeaders: ["Content-Type", "Idempotency-Key"],
    exposeHeaders: ["X-Request-Id", "X-Total-Count"],
    maxAge: 600,
  };
}
