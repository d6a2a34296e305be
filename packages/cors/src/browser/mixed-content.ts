import { isLoopbackHost } from "../origin/host.ts";
import { currentUrl, type FetchRequest } from "./request.ts";

/**
 * Does a page that came over https ask for something over http? Only the machine itself may be asked so. WebKit forbids that as well; it
 * is not modelled, for here a server on the machine itself mostly stands for a live one, whose CORS is in question.
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function isMixedContent(request: FetchRequest): boolean {
  const url = currentUrl(request);
  return url.protocol === "http:" && request.origin.startsWith("https:") && !isLoopbackHost(url.hostname);
}
