import { isLoopbackHost } from "../origin/host.ts";
import type { Behaviour } from "./behaviour.ts";
import { currentUrl, type FetchRequest } from "./request.ts";

/**
 * Does a page that came over https ask for something over http? Only the machine itself may be asked so, and not in every
 * engine.
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function isMixedContent(request: FetchRequest, behaviour: Behaviour): boolean {
  const url = currentUrl(request);
  if (url.protocol !== "http:" || !request.origin.startsWith("https:")) return false;
  return behaviour.blocksMixedLoopback || !isLoopbackHost(url.hostname);
}
