import { isIP } from "node:net";
import { type Mistake, mistake, type Parsed } from "./parsed.ts";

/** Parses the proxies in front: addresses and CIDR blocks, as a list or as text with commas. */
export function parseTrustProxy(input: unknown): Parsed<readonly string[]> {
  const items = typeof input === "string" ? input.split(",") : input;
  if (!Array.isArray(items)) {
    return mistake("trust-proxy-invalid", "Proxies are a list of addresses or CIDR blocks.", '["10.0.0.0/8"]');
  }
  const blocks = items.flatMap((item: unknown) => (typeof item === "string" ? item.split(",") : [item]));
  const trimmed = blocks
    .map((block) => (typeof block === "string" ? block.trim() : block))
    .filter((block) => block !== "");
  for (const block of trimmed) {
    const wrong = typeof block === "string" ? mistakeIn(block) : "it is not text";
    if (wrong !== undefined) {
      return mistake(
        "trust-proxy-invalid",
        `${JSON.stringify(block)} is no address or CIDR block: ${wrong}.`,
        "10.0.0.0/8, fd00::/8 or 127.0.0.1",
      );
    }
  }
  const value = trimmed as string[];
  const open = value.find((block) => block.endsWith("/0"));
  return open === undefined ? { ok: true, value } : { ok: true, value, warning: everyone(open) };
}

function mistakeIn(block: string): string | undefined {
  const [address = "", prefix, ...rest] = block.split("/");
  const version = isIP(address);
  if (version === 0) return "write the IP address, names are not looked up";
  if (prefix === undefined) return undefined;
  const bits = version === 4 ? 32 : 128;
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)
    return `after the / stands a number from 0 to ${bits}`;
  return undefined;
}

function everyone(block: string): Mistake {
  return {
    code: "trust-proxy-everyone",
    message: `${block} believes the X-Forwarded headers of everybody, so anybody can forge an address.`,
    fix: "Name the addresses of your own proxies.",
  };
}
