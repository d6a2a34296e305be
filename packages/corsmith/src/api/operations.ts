import type { Operation } from "./operation.ts";
import { decisionOperations } from "./operations/decisions.ts";
import { policyOperations } from "./operations/policy.ts";
import { CheckReport, CheckRequest, LiveEvent } from "./schemas/live.ts";
import { Status } from "./schemas/status.ts";

/** Every call of the operator's API, by its name. */
export const operations = {
  getStatus: {
    method: "GET",
    path: "/api/status",
    tag: "Status",
    summary: "How the program is",
    answer: Status,
    status: 200,
    problems: [],
  },
  ...policyOperations,
  ...decisionOperations,
  streamEvents: {
    method: "GET",
    path: "/api/events",
    tag: "Live",
    summary: "What happens now, as server-sent events",
    description:
      "A comment every 15 seconds keeps the connection. Begins behind `Last-Event-ID`, as far as that is still kept. Read it with `EventSource`, or with `fetch` where a token is needed.",
    answer: LiveEvent,
    stream: true,
    status: 200,
    problems: ["too-many"],
  },
  checkLive: {
    method: "POST",
    path: "/api/check",
    tag: "Live",
    summary: "What a page would do with the live API",
    description:
      "Sends what a browser would send, as GET, HEAD and OPTIONS only, and only to the gateway itself or the API behind it.",
    body: CheckRequest,
    answer: CheckReport,
    status: 200,
    problems: ["check-refused", "too-many"],
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** The name of a call. */
export type OperationName = keyof typeof operations;

/** What a path leads to. */
export type RoutedPath =
  | { readonly found: true; readonly name: OperationName; readonly params: Readonly<Record<string, string>> }
  /** The path is there, but not for this method. */
  | { readonly found: false; readonly allow: readonly string[] };

interface Entry {
  readonly name: OperationName;
  readonly method: string;
  readonly segments: readonly string[];
}

// Fixed segments before those in braces, so that `/api/policy/versions` is never a version.
const entries: readonly Entry[] = Object.entries<Operation>(operations)
  .map(([name, { method, path }]) => ({ name: name as OperationName, method, segments: path.split("/") }))
  .toSorted((a, b) => variables(a) - variables(b));

/**
 * Finds the call of a path. Nothing is repaired: empty segments, dots and a trailing slash are not the paths that we have.
 *
 * @param path as it came, without the query
 */
export function routeOperation(method: string, path: string): RoutedPath {
  const segments = path.split("/");
  const allow = new Set<string>();
  for (const entry of entries) {
    const params = matchSegments(entry.segments, segments);
    if (params === undefined) continue;
    if (entry.method === method || (entry.method === "GET" && method === "HEAD"))
      return { found: true, name: entry.name, params };
    allow.add(entry.method);
    if (entry.method === "GET") allow.add("HEAD");
  }
  return { found: false, allow: [...allow] };
}

function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? "";
    const variable = /^\{(?<name>\w+)\}$/.exec(part)?.groups?.["name"];
    if (variable === undefined) {
      if (part !== segment) return undefined;
      continue;
    }
    const text = decoded(segment);
    if (text === undefined || text === "") return undefined;
    params[variable] = text;
  }
  return params;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function variables({ segments }: Entry): number {
  return segments.filter((segment) => segment.startsWith("{")).length;
}
