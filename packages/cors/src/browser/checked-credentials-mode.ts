import type { Behaviour } from "./behaviour.ts";
import type { CredentialsMode, FetchRequest } from "./request.ts";

/**
 * The credentials mode by which the CORS check judges. It is the request's own, but for the engine that takes `same-origin` for
 * `include` when a request that began at the page's own origin is redirected a second time.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function checkedCredentialsMode(request: FetchRequest, behaviour: Behaviour): CredentialsMode {
  const { credentialsMode, redirectCount, urlList, origin } = request;
  if (!behaviour.sameOriginCredentialsIncludedLate || credentialsMode !== "same-origin") return credentialsMode;
  return redirectCount > 1 && urlList[0]?.origin === origin ? "include" : credentialsMode;
}
