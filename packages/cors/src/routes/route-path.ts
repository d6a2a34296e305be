/** A mistake in the path of a route, before it is known which route that is. */
export interface RoutePathFault {
  readonly code: RouteFaultCode;
  readonly message: string;
  readonly fix: string;
}

/** Every code that a route table can report. */
export type RouteFaultCode =
  | "policy-missing"
  | "route-character"
  | "route-conflict"
  | "route-dot-segment"
  | "route-empty-segment"
  | "route-not-absolute"
  | "route-query"
  | "route-root"
  | "route-trailing-slash"
  | "route-wildcard";

/**
 * Reads the path of a route into its segments. A path that a router could read in another way than it is written is refused, with the
 * way to write it: a route must mean the same to everybody.
 */
export function readRoutePath(path: string): readonly string[] | RoutePathFault {
  const fault = wholeFault(path);
  if (fault !== undefined) return fault;
  const segments = path.slice(1).split("/");
  for (const segment of segments) {
    const segmentFault = faultOf(segment, path);
    if (segmentFault !== undefined) return segmentFault;
  }
  return segments.map(asBytes);
}

function wholeFault(path: string): RoutePathFault | undefined {
  if (!path.startsWith("/")) {
    return { code: "route-not-absolute", message: "A route's path begins with a slash.", fix: `/${path}` };
  }
  const query = path.search(/[?#]/);
  if (query !== -1) {
    return { code: "route-query", message: "A route has no query and no fragment.", fix: path.slice(0, query) || "/" };
  }
  if (path === "/") {
    return {
      code: "route-root",
      message: "The route / covers every path, so the policy beside the routes would never be asked.",
      fix: "Write this policy under `policy`, and leave the route out.",
    };
  }
  if (path.includes("//")) {
    return { code: "route-empty-segment", message: "A route has no empty segment.", fix: path.replace(/\/+/g, "/") };
  }
  if (path.endsWith("/")) {
    return {
      code: "route-trailing-slash",
      message: "A route covers its path and everything below it; it is written without the slash at the end.",
      fix: path.slice(0, -1),
    };
  }
  return undefined;
}

/** Letters, digits and what else a segment may hold unencoded, but `;` `*`; and everything beyond ASCII, encoded or not. */
const segmentPattern = /^(?:[A-Za-z0-9\-._~!$&'()+,=:@]|%[89a-fA-F][0-9a-fA-F]|[^\x00-\x7f])+$/;

function faultOf(segment: string, path: string): RoutePathFault | undefined {
  if (segment === "*") return undefined;
  if (segment.includes("*")) {
    return {
      code: "route-wildcard",
      message: "`*` stands for one whole segment of the path, not for a part of one.",
      fix: path.replaceAll(segment, "*"),
    };
  }
  if (segment === "." || segment === "..") {
    return {
      code: "route-dot-segment",
      message: "A route has no . or .. segment.",
      fix: new URL(path, "http://host").pathname,
    };
  }
  if (segmentPattern.test(segment)) return undefined;
  return {
    code: "route-character",
    message: `The segment ${JSON.stringify(segment)} holds a character that routers read in different ways.`,
    fix: "Use letters, digits and -._~!$&'()+,=:@ only, unencoded; characters beyond ASCII may be written as they are.",
  };
}

/** As the path will come over the wire and be read: beyond ASCII the bytes of UTF-8, one character each. */
function asBytes(segment: string): string {
  const decoded = segment.replace(/(?:%[89a-f][0-9a-f])+/gi, decodeUtf8);
  return String.fromCharCode(...new TextEncoder().encode(decoded));
}

function decodeUtf8(encoded: string): string {
  const bytes = encoded
    .slice(1)
    .split("%")
    .map((digits) => Number.parseInt(digits, 16));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}
