import type { PolicyInput, RequestFacts } from "../../src/index.ts";

/**
 * The server's half once more, as plainly as it can be written from the contract: every entry is tried in turn, an origin is taken
 * apart by the platform's URL parser and a regular expression, nothing is compiled. It shares no code with the engine.
 */

/** The answer as it goes out. */
export interface NaiveAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Is this a web origin as a browser writes it? */
function tuple(origin: string): { scheme: string; host: string; port: string } | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f:]+\]|[a-z0-9_.-]+)(?::([1-9][0-9]{0,4}))?$/.exec(origin);
  if (match === null || origin.length > 330) return undefined;
  const [, scheme = "", host = "", port = ""] = match;
  if (Number(port) > 65_535 || host.split(".").some((label) => label === "" || label.length > 63) || host.length > 253)
    return undefined;
  if (!URL.canParse(`https://${host}`) || new URL(`https://${host}`).host !== host) return undefined;
  if ((scheme === "https" && port === "443") || (scheme === "http" && port === "80")) return undefined;
  return { scheme, host, port };
}

/** Does this entry of a policy cover this origin? */
export function entryMatches(entry: string, origin: string): boolean {
  if (entry === "null") return origin === "null";
  const asked = tuple(origin);
  const [scheme = "", rest = ""] = entry.split("://");
  if (asked === undefined || asked.scheme !== scheme) return false;
  const anyPort = rest.endsWith(":*");
  const place = anyPort ? rest.slice(0, -2) : rest;
  const colon = /:\d+$/.exec(place);
  const port = colon === null ? "" : colon[0].slice(1);
  const host = colon === null ? place : place.slice(0, colon.index);
  if (!anyPort && asked.port !== port) return false;
  if (!host.includes("*")) return asked.host === host;
  if (host.startsWith("*.")) return asked.host.endsWith(host.slice(1)) && asked.host.length > host.length - 1;
  const [before = "", after = ""] = host.split("*").map((part) => part.replaceAll(".", "\\."));
  return new RegExp(`^${before}[a-z0-9_-]+${after}$`).test(asked.host);
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

function originAllowed(policy: PolicyInput, lines: readonly string[]): boolean {
  const [first = ""] = lines;
  return lines.length === 1 && list(policy.allowOrigins).some((entry) => entryMatches(entry, first));
}

/** What the contract says to this request under this policy. The policy is one that builds. */
export function naiveAnswer(policy: PolicyInput, request: RequestFacts): NaiveAnswer {
  const lines = list(request.origin);
  const preflight = request.method === "OPTIONS" && lines.length > 0 && request.requestMethod !== undefined;
  const any = list(policy.allowOrigins)[0] === "*";
  const allowed = any || originAllowed(policy, lines);
  const headers: Record<string, string> = {};
  addIf(headers, "vary", naiveVary(policy, preflight));
  if (allowed) {
    headers["access-control-allow-origin"] = any ? "*" : String(lines[0]);
    if (policy.allowCredentials === true) headers["access-control-allow-credentials"] = "true";
    if (preflight) addPreflight(policy, request, policy.allowCredentials === true, headers);
    else addIf(headers, "access-control-expose-headers", list(policy.exposeHeaders).join(", "));
  }
  if (!preflight) return { status: undefined, headers };
  return { status: allowed ? 204 : 403, headers };
}

function naiveVary(policy: PolicyInput, preflight: boolean): string {
  const any = list(policy.allowOrigins)[0] === "*";
  if (!preflight) return any ? "" : "Origin";
  if (!any) return "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
  const names = list(policy.allowHeaders);
  return names.includes("*") && !names.includes("authorization") ? "Access-Control-Request-Headers" : "";
}

function addPreflight(
  policy: PolicyInput,
  request: RequestFacts,
  credentials: boolean,
  headers: Record<string, string>,
): void {
  const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
  const method = request.requestMethod ?? "";
  const methods = list(policy.allowMethods);
  if (!(methods.includes("*") && credentials)) addIf(headers, "access-control-allow-methods", methods.join(", "));
  else if (token.test(method)) headers["access-control-allow-methods"] = method;
  const names = list(policy.allowHeaders);
  const text = list(request.requestHeaders);
  const asked = text
    .join(",")
    .split(",")
    .map((name) => name.replace(/^[ \t]+|[ \t]+$/g, "").toLowerCase())
    .filter((name) => name !== "");
  const readable =
    asked.every((name) => token.test(name)) && asked.length <= 256 && text.join("").length <= 8192 ? asked : [];
  const spell =
    names.includes("*") && (credentials || (!names.includes("authorization") && readable.includes("authorization")));
  const mayBeSpelled = (name: string): boolean =>
    name !== "*" && (name !== "authorization" || names.includes("authorization"));
  const spelled = [...new Set(readable)].filter(mayBeSpelled);
  addIf(headers, "access-control-allow-headers", (spell ? spelled : names).join(", "));
  if (policy.maxAge !== undefined) headers["access-control-max-age"] = String(policy.maxAge);
}

function addIf(headers: Record<string, string>, name: string, value: string): void {
  if (value !== "") headers[name] = value;
}
