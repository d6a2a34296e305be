/**
 * Is this host in the one form in which a browser writes it: a lower-case name of labels, a dotted IPv4 address, or a compressed IPv6
 * address in brackets?
 *
 * @see https://url.spec.whatwg.org/#host-serializing
 */
export function isCanonicalHost(host: string): boolean {
  if (host.charCodeAt(0) === 0x5b) return isCanonicalIpv6(host);
  if (!isName(host)) return false;
  return endsInNumber(host) ? isCanonicalIpv4(host) : true;
}

/** Is this an IP address, as a host is written? */
export function isIpHost(host: string): boolean {
  return host.startsWith("[") || isCanonicalIpv4(host);
}

/**
 * Does this host name the machine itself: `localhost` and the names under it, `127.0.0.0/8`, `[::1]`? Nobody on the network can put a
 * page there.
 *
 * @see https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy
 */
export function isLoopbackHost(host: string): boolean {
  if (host === "localhost" || host.endsWith(".localhost") || host === "[::1]") return true;
  return host.startsWith("127.") && isCanonicalIpv4(host);
}

/**
 * Labels of letters, digits, hyphens and underscores, 63 bytes each and 253 together. An underscore is no host name by the RFCs, but
 * the URL standard lets it be, and such origins exist.
 */
function isName(host: string): boolean {
  if (host.length === 0 || host.length > 253) return false;
  let label = 0;
  for (let index = 0; index < host.length; index += 1) {
    const code = host.charCodeAt(index);
    if (code === 0x2e) {
      if (label === 0) return false;
      label = 0;
    } else if (!isNameByte(code) || ++label > 63) {
      return false;
    }
  }
  return label > 0;
}

function isNameByte(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;
}

/** A host whose last label is a number is an IPv4 address or nothing. @see https://url.spec.whatwg.org/#ends-in-a-number-checker */
function endsInNumber(host: string): boolean {
  return /^(?:\d+|0x[\da-f]*)$/.test(host.slice(host.lastIndexOf(".") + 1));
}

function isCanonicalIpv4(host: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (match === null) return false;
  return match.slice(1).every((part) => (part === "0" || !part.startsWith("0")) && Number(part) <= 255);
}

/**
 * Four-digit groups without leading zeros, the first longest run of two or more zero groups written `::`, no IPv4 tail, no zone.
 *
 * @see https://url.spec.whatwg.org/#concept-ipv6-serializer
 */
function isCanonicalIpv6(host: string): boolean {
  if (!host.endsWith("]")) return false;
  const groups = expandIpv6(host.slice(1, -1));
  return groups !== undefined && `[${formatIpv6(groups)}]` === host;
}

function expandIpv6(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...(tail ?? [])];
  return groups.every((group) => /^[\da-f]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}

function formatIpv6(groups: readonly number[]): string {
  const [start, length] = longestZeroRun(groups);
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? write(groups) : `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

function longestZeroRun(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  let run = 0;
  groups.forEach((group, index) => {
    run = group === 0 ? run + 1 : 0;
    if (run > best[1]) best = [index - run + 1, run];
  });
  return best;
}
