import { isIPv6 } from "node:net";
import { isLoopbackHost } from "@corsmith/cors";
import { mistake, type Parsed } from "./parse-settings.ts";

/** Where a server listens. `host` has no brackets; port 0 lets the system pick. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A port alone means this host: nothing is reachable from other machines unless the configuration says so. */
const defaultHost = "127.0.0.1";

const hostPattern = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/;

/** Parses `HOST:PORT`, `[IPV6]:PORT`, `:PORT` and `PORT`; the last two mean that port of {@link defaultHost}. @param name of what gives it */
export function parseAddress(input: unknown, name: string): Parsed<Address> {
  if (typeof input !== "string" && typeof input !== "number") {
    return invalid(`${name} must be HOST:PORT, or a port alone.`, "127.0.0.1:8080");
  }
  const text = String(input).trim();
  if (/^\d+$/.test(text)) return withPort(defaultHost, text);
  if (text.includes("://")) {
    return invalid(`${name} must be HOST:PORT, without a scheme and a path.`, withoutUrlParts(text));
  }
  const split = /^(?:\[(?<six>[^\]]*)\]|(?<name>[^:]*)):(?<port>[^:]*)$/.exec(text)?.groups;
  if (!split) return unsplittable(text, name);
  const host = split["six"] ?? (split["name"] || defaultHost);
  const isHost = split["six"] === undefined ? hostPattern.test(host) : isIPv6(host);
  if (!isHost) return badHost(host, split["port"] ?? "");
  return withPort(host, split["port"] ?? "");
}

function invalid(message: string, fix: string): Parsed<Address> {
  return mistake("address-invalid", message, fix);
}

/** An address as it is written: an IPv6 host in brackets. */
export function formatAddress({ host, port }: Address): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Is this a host that other machines cannot reach: `localhost`, or an address of loopback, however it is written? Names below `localhost` are
 * loopback in browsers; here the system's resolver decides, and may know better.
 */
export function isLoopback(host: string): boolean {
  if (!/^[\w.:[\]-]+$/.test(host)) return false;
  const url = URL.parse(isIPv6(host) ? `http://[${host}]` : `http://${host}`);
  return url !== null && isLoopbackHost(url.hostname) && !url.hostname.endsWith(".localhost");
}

function withPort(host: string, port: string): Parsed<Address> {
  const number = Number(port);
  if (/^\d{1,5}$/.test(port) && number <= 65_535) return { ok: true, value: { host, port: number } };
  const range = "The port must be a whole number from 0 to 65535; 0 lets the system pick one.";
  return invalid(port === "" ? "The port is missing." : range, formatAddress({ host, port: 8080 }));
}

function unsplittable(text: string, name: string): Parsed<Address> {
  const last = text.lastIndexOf(":");
  if (isIPv6(text)) return invalid("The port is missing.", `[${text}]:8080`);
  if (last > 0 && isIPv6(text.slice(0, last))) {
    const fix = `[${text.slice(0, last)}]:${text.slice(last + 1)}`;
    return invalid("An IPv6 address needs brackets, to be distinct from the port.", fix);
  }
  if (hostPattern.test(text)) return invalid("The port is missing.", `${text}:8080`);
  return invalid(`${name} must be HOST:PORT.`, `${defaultHost}:${/^:?(?<port>\d{1,4})\D/.exec(text)?.[1] ?? 8080}`);
}

function badHost(host: string, port: string): Parsed<Address> {
  if (host === "*") return invalid("Every address of this machine is written 0.0.0.0.", `0.0.0.0:${port}`);
  return invalid(`${JSON.stringify(host)} is not a host name or an address.`, `${defaultHost}:${port}`);
}

function withoutUrlParts(text: string): string {
  const host = /^[^:]*:\/\/(?<host>[^/?#]*)/.exec(text)?.groups?.["host"] ?? "";
  return /:\d+$/.test(host) ? host : `${host || defaultHost}:8080`;
}
