import { isIP } from "node:net";
import { type FieldLines, joinLines, soleLine } from "../fields.ts";
import type { Hop } from "../inbound/hop.ts";
import type { RequestHead } from "../inbound/request-head.ts";

/**
 * The headers that say to the upstream who asked, as names and values in turn. A client's own are replaced; a trusted hop's are kept, and
 * the hop itself is added.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7239
 */
export function forwardedHeaders(head: RequestHead, hop: Hop): string[] {
  const { fields } = head;
  const said = (lines: FieldLines): string | undefined => (hop.trusted ? joinLines(lines) : undefined);
  const host = soleLine(fields.host);
  const proto = said(fields.forwardedProto) ?? "http";
  const publicName = said(fields.forwardedHost) ?? host;
  const port = said(fields.forwardedPort) ?? portOf(publicName, proto);
  const clients = hop.trusted ? clientsBefore(head) : "";
  const headers = [
    "X-Forwarded-For",
    clients === "" ? hop.peer : `${clients}, ${hop.peer}`,
    "X-Forwarded-Proto",
    proto,
    "X-Forwarded-Port",
    port,
    "Forwarded",
    forwardedValue(head, hop, host),
  ];
  if (publicName !== undefined) headers.push("X-Forwarded-Host", publicName);
  return headers;
}

/**
 * Is this a header with which a request says where it came from or was meant for, and which a client must not set? Some servers read
 * `_` in a name as `-`, so both count.
 *
 * @param name in lower case
 */
export function saysOrigin(name: string): boolean {
  const dashed = name.includes("_") ? name.replaceAll("_", "-") : name;
  return dashed.startsWith("x-forwarded") || forgeable.has(dashed);
}

/** The ones that {@link forwardedHeaders} sets. @param name in lower case */
export function isForwardedHeader(name: string): boolean {
  return ours.has(name.includes("_") ? name.replaceAll("_", "-") : name);
}

const ours: ReadonlySet<string> = new Set([
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

const forgeable: ReadonlySet<string> = new Set([
  "forwarded",
  "forwarded-for",
  "x-real-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "true-client-ip",
  "client-ip",
  "cf-connecting-ip",
  "fastly-client-ip",
  "x-envoy-external-address",
  "x-original-forwarded-for",
  "x-original-host",
  "x-host",
  "x-scheme",
  "x-url-scheme",
  "front-end-https",
  // These two make some frameworks route to another path than the one for which the policy was chosen.
  "x-original-url",
  "x-rewrite-url",
]);

function portOf(host: string | undefined, proto: string): string {
  const port = host === undefined ? undefined : /:(\d+)$/.exec(host)?.[1];
  return port ?? (proto === "https" ? "443" : "80");
}

/** The clients that a trusted hop names: in X-Forwarded-For, or, where it only writes the standard's header, in Forwarded. */
function clientsBefore(head: RequestHead): string {
  const listed = joinLines(head.fields.forwardedFor);
  if (listed !== undefined) return listed.trim();
  const elements = joinLines(head.fields.forwarded)?.split(",") ?? [];
  return elements.map(nodeOf).join(", ");
}

/** The address in a Forwarded element: `for="[2001:db8::1]:4711"` is 2001:db8::1. */
function nodeOf(element: string): string {
  const node = /(?:^|;)\s*for="?(\[[0-9a-f:.]+\]|[^";:]+)/i.exec(element)?.[1] ?? "unknown";
  return node.startsWith("[") ? node.slice(1, -1) : node.trim();
}

function forwardedValue(head: RequestHead, hop: Hop, host: string | undefined): string {
  const own = `for=${quotedNode(hop.peer)}${host === undefined ? "" : `;host="${host}"`};proto=http`;
  if (!hop.trusted) return own;
  const before = joinLines(head.fields.forwarded) ?? forwardedFromList(head);
  return before === "" ? own : `${before}, ${own}`;
}

/** A hop that only writes X-Forwarded-For would otherwise look like the client to a reader of Forwarded. */
function forwardedFromList(head: RequestHead): string {
  const clients = joinLines(head.fields.forwardedFor);
  if (clients === undefined || clients.trim() === "") return "";
  return clients
    .split(",")
    .map((client) => `for=${quotedNode(client.trim())}`)
    .join(", ");
}

/** @see https://www.rfc-editor.org/rfc/rfc7239#section-6 */
function quotedNode(address: string): string {
  const family = isIP(address);
  if (family === 0) return "unknown";
  return family === 6 ? `"[${address}]"` : address;
}
