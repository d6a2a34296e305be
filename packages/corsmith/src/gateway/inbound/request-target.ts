import type { Failure } from "../answer/failure.ts";

/** Where a request goes. */
export interface RequestTarget {
  /** What is sent to the upstream: path and query, in the bytes that came. */
  readonly forward: string;
  /** The path alone, for the route. */
  readonly path: string;
}

const absolute = /^https?:\/\/([^/?]*)(.*)$/i;

/**
 * Reads the target of the request line. The absolute form is accepted only if it names the same authority as `Host`: were they to differ,
 * two servers in a row could take the request for two different sites.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function readRequestTarget(method: string, target: string, host: string | undefined): RequestTarget | Failure {
  if (target.includes("#"))
    return refused("A request target has no fragment; the part from # on stays in the browser.");
  if (target.startsWith("/")) return origin(target);
  if (target === "*" && method === "OPTIONS") return { forward: "*", path: "/" };
  const parts = absolute.exec(target);
  if (parts === null) return refused("The request target must be a path that begins with a slash.");
  const [, authority = "", rest = ""] = parts;
  if (host === undefined || authority.toLowerCase() !== host.toLowerCase()) {
    return refused("The request target names another host than the Host header.");
  }
  return origin(rest.startsWith("/") ? rest : `/${rest}`);
}

/** The path of a target, whether or not the target can be accepted: a refusal too is answered under the policy of a route. */
export function pathOf(target: string): string {
  const end = target.indexOf("?");
  return end === -1 ? target : target.slice(0, end);
}

function origin(forward: string): RequestTarget {
  return { forward, path: pathOf(forward) };
}

function refused(message: string): Failure {
  return { status: 400, code: "target-invalid", message };
}
