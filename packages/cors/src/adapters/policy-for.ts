import type { RequestFacts } from "../decide/decision.ts";
import type { Exchange } from "../observe/pending-responses.ts";
import { assertPolicy, type Policy } from "../policy/policy.ts";

/** The policy of a request, asked for when it arrives. At once, unless a promise has to be awaited, which never rejects. */
export type PolicyFor = (facts: RequestFacts, exchange: Exchange) => Policy | false | Promise<Policy | false>;

/** Always the same policy, which was checked before. @throws {TypeError} if it is not a policy */
export function forEveryRequest(policy: Policy): PolicyFor {
  const checked = assertPolicy(policy);
  return () => checked;
}

/** Where a request was sent, as it was received: hosts that mount an application keep the whole under `originalUrl`. */
export function targetOf({ target, request }: Exchange): string | undefined {
  return target ?? ("originalUrl" in request ? request.originalUrl : undefined) ?? request.url;
}
