export type { Handler, HandlerObject } from "./handler.ts";
export { HarError } from "./har-error.ts";
export type { Har } from "./read-har.ts";
export { type HarOutcome, type HarRequest, requestsOfHar } from "./requests-of-har.ts";
export { type HandlerOptions, transportFromHandler } from "./transport-from-handler.ts";
export { type HarTransportOptions, transportFromHar } from "./transport-from-har.ts";
export { type ApplicationAnswer, transportFromPolicy } from "./transport-from-policy.ts";
