/**
 * Is this host in the one form in which a browser writes it: a lower-case name of labels, a dotted IPv4 address, or a compressed IPv6
 * address in brackets?
 *
 * @see https://url.spec.whatwg.org/#host-serializing
 */
export function isCanonicalHost(host: string): boolean {
  return endOfCanonicalHost(host, 0) === host.length;
}

/**
 * Where the host that begins at `start` ends; -1 if a browser would not write it so. Nothing is copied out of the text but what looks
 * like an IP address: this runs for every request of an origin that is not allowed.
 */
export function endOfCanonicalHost(text: string, start: number): number {
  if (text.charCodeAt(start) === 0x5b) return endOfCanonicalIpv6(text, start);
  const end = endOfName(text, start);
  return end > start && endsInNumber(text, start, end) && !isCanonicalIpv4(text.slice(start, end)) ? -1 : end;
}

/** Is this an IP address, as a host is written? */
export function isIpHost(host: string): boolean {
  return host.startsWith("[") || isCanonicalIpv4(host);
}

/**
 * Does this host name the machine itself: `localhost` and the names under it, `127.0.0.0/8`, `[::1]`? No other machine can put a
 * page there.
 *
 * @param host as a URL's `hostname` writes it: lower case, IPv6 in brackets
 * @see https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy
 *
 * @example
 * ```ts
 * import { isLoopbackHost } from "@corsmith/cors";
 *
 * console.assert(isLoopbackHost("127.0.0.1"));
 * console.assert(!isLoopbackHost("localhost.evil.example"));
 * ```
 */
export function isLoopbackHost(host: string): boolean {
  if (host === "localhost" || host.endsWith(".localhost") || host === "[::1]") return true;
  return host.startsWith("127.") && isCanonicalIpv4(host);
}

/**
 * Is this a host that only a private network can reach: a private or link-local address, or a name under `local`, `internal` or
 * `home.arpa`? A loopback host is none of these; ask {@link isLoopbackHost}.
 *
 * @param host as a URL's `hostname` writes it: lower case, IPv6 in brackets
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.rfc-editor.org/rfc/rfc4193#section-3
 *
 * @example
 * ```ts
 * import { isPrivateHost } from "@corsmith/cors";
 *
 * console.assert(isPrivateHost("10.0.0.7"));
 * console.assert(!isPrivateHost("10.evil.example"));
 * ```
 */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith("[")) return privateIpv6.test(host);
  return isCanonicalIpv4(host) ? privateIpv4.test(host) : /.\.(?:local|internal|home\.arpa)$/.test(host);
}

const privateIpv4 = /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;
/** fc00::/7 and fe80::/10. */
const privateIpv6 = /^\[f(?:[cd][\da-f]|e[89ab])[\da-f]:/;

/**
 * Labels of letters, digits, hyphens and underscores, 63 bytes each and 253 together. An underscore is no host name by the RFCs, but
 * the URL standard lets it be, and such origins exist.
 */
function endOfName(text: string, start: number): number {
  let label = start;
  let end = start;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (nameBytes[code] === 1) continue;
    if (code !== dot) break;
    if (!isLabelLength(end - label)) return -1;
    label = end + 1;
  }
  return isLabelLength(end - label) && end - start <= 253 ? end : -1;
}

const dot = 0x2e;

/** Which bytes a label may have: a lookup table by char code. */
const nameBytes: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isLabelLength(length: number): boolean {
  return length > 0 && length <= 63;
}

/** A host whose last label is a number is an IPv4 address or nothing. @see https://url.spec.whatwg.org/#ends-in-a-number-checker */
function endsInNumber(text: string, start: number, end: number): boolean {
  let label = end;
  while (label > start && text.charCodeAt(label - 1) !== dot) label -= 1;
  const first = text.charCodeAt(label);
  return first >= 0x30 && first <= 0x39 && /^(?:\d+|0x[\da-f]*)$/.test(text.slice(label, end));
}

/** Four numbers from 0 to 255 without leading zeros, with dots between them. */
const canonicalIpv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function isCanonicalIpv4(host: string): boolean {
  return canonicalIpv4.test(host);
}

/**
 * An IPv6 address has many spellings and one form. The platform's URL parser writes that form, and knows no other table here than the
 * standard's own algorithm. It is asked about addresses in brackets only, and only whether this is what it would write.
 *
 * @see https://url.spec.whatwg.org/#concept-ipv6-serializer
 */
function endOfCanonicalIpv6(text: string, start: number): number {
  const end = text.indexOf("]", start) + 1;
  const host = text.slice(start, end);
  const url = `http://${host}`;
  return URL.canParse(url) && new URL(url).host === host ? end : -1;
}
