import { BlockList, isIP } from "node:net";
import { joinLines, soleLine } from "../fields.ts";
import type { RequestHead } from "./request-head.ts";

/** What the gateway knows of the hop that a request came from. */
export interface Hop {
  readonly peer: string;
  /** Is the peer one of `trustProxy`? */
  readonly trusted: boolean;
}

/** The host that the client used: what a trusted hop says of it, otherwise `Host`. */
export function publicHost({ fields }: RequestHead, hop: Hop): string | undefined {
  const named = hop.trusted ? joinLines(fields.forwardedHost) : undefined;
  return named === undefined ? soleLine(fields.host) : named.split(",", 1)[0]?.trim();
}

/** Is this address one of the hops in front of the gateway whose word about the client counts? */
export type TrustedPeers = (address: string) => boolean;

/**
 * Compiles `trustProxy`.
 *
 * @param entries addresses (`10.0.0.7`, `::1`) and blocks (`10.0.0.0/8`, `fd00::/8`)
 * @throws {RangeError} that names the entry and the fix
 */
export function trustedPeers(entries: readonly string[]): TrustedPeers {
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry);
  return (address) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** The address of a peer in its own family: an IPv4 peer of a dual-stack socket is written as IPv4, and a zone is left out. */
export function peerAddress(remote: string | undefined): string {
  const [address = ""] = (remote ?? "").split("%", 1);
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice("::ffff:".length) : address;
}

function addEntry(list: BlockList, entry: string): void {
  const [address = "", prefix, ...rest] = entry.split("/");
  const family = isIP(address);
  const type = family === 6 ? "ipv6" : "ipv4";
  const bits = prefix === undefined ? undefined : Number(prefix);
  const fits = bits === undefined || (/^\d{1,3}$/.test(prefix ?? "") && bits <= (family === 6 ? 128 : 32));
  if (family === 0 || !fits || rest.length > 0) {
    throw new RangeError(
      `trustProxy holds ${JSON.stringify(entry)}, which is neither an address nor a block. ` +
        `Fix: write it as 10.0.0.7, 10.0.0.0/8, ::1 or fd00::/8.`,
    );
  }
  if (bits === undefined) list.addAddress(address, type);
  else list.addSubnet(address, bits, type);
}
