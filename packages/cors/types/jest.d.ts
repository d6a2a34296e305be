// For the types of Jest's globals (`@types/jest`): `import "@corsmith/cors/testing/jest";` once, where `expect.extend(corsMatchers)` stands.
import type { CorsMatchers } from "@corsmith/cors/testing";

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: it must be written as in @types/jest
    interface Matchers<R, T = {}> extends CorsMatchers {}
  }
}
