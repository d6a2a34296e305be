// For the types of Vitest 5: `import "@corsmith/cors/testing/vitest";` once, where `expect.extend(corsMatchers)` stands.
import type { CorsMatchers } from "@corsmith/cors/testing";
import "vitest";

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends CorsMatchers {}
}
