import type { Decision } from "@corsmith/cors";
import { type Hop, publicHost } from "./forwarded.ts";
import type { RequestHead } from "./request-head.ts";

const credentials: ReadonlySet<string> = new Set(["authorization", "cookie"]);

/** Is this a header by which a browser acts for its user? @param name in lower case */
export function isCredential(name: string): boolean {
  return credentials.has(name);
}

/**
 * Must a WebSocket go to the upstream without the user's credentials? A browser sends cookies with it whatever the policy says, so a page
 * of another origin under a policy that allows no credentials (any origin, say) would act as the user. The API's own pages keep them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 */
export function withholdsCredentials(decision: Decision, head: RequestHead, hop: Hop): boolean {
  if (decision.reason !== "allowed" || decision.allowCredentials || decision.origin === undefined) return false;
  const own = publicHost(head, hop);
  return own === undefined || !decision.origin.endsWith(`://${own}`);
}
