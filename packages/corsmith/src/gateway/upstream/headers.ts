import type { Decision } from "@corsmith/cors";
import { isHopByHop, isTrailerField, listHas, namedInConnection, passingLines } from "../fields.ts";
import type { BodyFraming } from "../inbound/framing.ts";
import { type Hop, publicHost } from "../inbound/hop.ts";
import type { RequestHead } from "../inbound/request-head.ts";
import { forwardedHeaders, isForwardedHeader, saysOrigin } from "./forwarded.ts";

/** What the headers for the upstream depend on, beside the request's own. */
export interface UpstreamHeaderTerms {
  readonly hop: Hop;
  readonly framing: BodyFraming;
  /** Its own authority, and whether that is sent as `Host` in place of the client's. */
  readonly upstream: { readonly host: string; readonly changeHost: boolean };
  /** Leave out what a browser acts for its user by. Default false. */
  readonly withoutCredentials?: boolean;
}

/**
 * The request's headers for the upstream, as names and values in turn: every line that concerns both ends, in its order and with its
 * bytes; those of the connection dropped, those about the client rewritten.
 */
export function upstreamHeaders(head: RequestHead, terms: UpstreamHeaderTerms): string[] {
  const { raw, names, fields } = head;
  const host = terms.upstream.changeHost || typeof fields.host !== "string" ? terms.upstream.host : fields.host;
  const headers = ["Host", host];
  const named = namedInConnection(fields.connection);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? "";
    if (named.has(name) || !passes(name, terms)) continue;
    headers.push(raw[2 * index] ?? "", raw[2 * index + 1] ?? "");
  }
  headers.push(...forwardedHeaders(head, terms.hop));
  if (listHas(fields.te, "trailers")) headers.push("TE", "trailers");
  const { contentLength, expect } = fields;
  if (typeof expect === "string" && terms.framing !== "none") headers.push("Expect", expect);
  // Content-Length stands last: Node rewrites the bytes of a Content-Disposition that comes after it.
  if (terms.framing === "chunked") headers.push("Transfer-Encoding", "chunked");
  else if (typeof contentLength === "string") headers.push("Content-Length", contentLength);
  return headers;
}

/** The fields of a request's trailer section that go on, as pairs. */
export function upstreamTrailers(raw: readonly string[]): [string, string][] {
  return passingLines(raw, (name) => isTrailerField(name) && !saysOrigin(name));
}

/** These are set here, so that there is one of each and it says what the gateway really sends. */
const rewritten: ReadonlySet<string> = new Set(["host", "content-length", "expect"]);

function passes(name: string, terms: UpstreamHeaderTerms): boolean {
  if (isOurs(name)) return false;
  if (terms.withoutCredentials === true && credentials.has(name)) return false;
  if (name === "trailer") return terms.framing === "chunked";
  // A server that reads "_" as "-" must not find a second, forged one of these.
  if (name.includes("_") && isOurs(name.replaceAll("_", "-"))) return false;
  return terms.hop.trusted ? !isForwardedHeader(name) : !saysOrigin(name);
}

function isOurs(name: string): boolean {
  return isHopByHop(name) || rewritten.has(name);
}

/** The headers by which a browser acts for its user. */
const credentials: ReadonlySet<string> = new Set(["authorization", "cookie"]);

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
