export { type CorsFetchOptions, corsFetch, type InstalledFetch, installFetch, type PageFetch } from "./cors-fetch.ts";
export {
  assertAllowsCrossOrigin,
  assertRefusesCrossOrigin,
  type CorsMatchers,
  CrossOriginAssertionError,
  corsMatchers,
  type MatcherResult,
} from "./cross-origin-assertions.ts";
export { describeTrace } from "./describe-trace.ts";
export { HarError } from "./har-value.ts";
export { type CrossOriginRequest, type CrossOriginVerdict, judgeCrossOrigin } from "./judge-cross-origin.ts";
export type { Har } from "./read-har.ts";
export { type HarOutcome, type HarRequest, requestsOfHar } from "./requests-of-har.ts";
export type { Server } from "./server.ts";
export { type Elsewhere, type ServersByOrigin, transportByOrigin } from "./transport-by-origin.ts";
export {
  type Handler,
  type HandlerObject,
  type HandlerOptions,
  transportFromHandler,
} from "./transport-from-handler.ts";
export { type HarTransportOptions, transportFromHar } from "./transport-from-har.ts";
export { type ApplicationAnswer, transportFromPolicy } from "./transport-from-policy.ts";
