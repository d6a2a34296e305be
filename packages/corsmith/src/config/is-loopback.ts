import { isIP } from "node:net";

/** Is this host `localhost` or an address of the machine that other machines cannot reach? IPv6 with brackets or without. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(plain) === 4) return plain.startsWith("127.");
  return plain === "localhost" || (isIP(plain) === 6 && URL.parse(`http://[${plain}]`)?.hostname === "[::1]");
}
