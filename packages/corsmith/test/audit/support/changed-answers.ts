import type { IncomingMessage } from "node:http";
import type { Script } from "../../check/support/scripted-api.ts";
import { type Police, policed } from "./policed-api.ts";

/** A server with a right policy, and one change of what it sends. */
export const changed = (change: Police["change"], more: Police = {}): Script =>
  policed({ ...more, ...(change && { change }) });
/** Lets everybody in. */
export const open: Police = { allows: () => true };
/** The same headers of a server that says `*`. */
export const starred = (headers: Record<string, string | readonly string[] | undefined>) => ({
  ...headers,
  ...("Access-Control-Allow-Origin" in headers ? { "Access-Control-Allow-Origin": "*" } : {}),
  Vary: undefined,
});
export const isPreflight = ({ method }: IncomingMessage): boolean => method === "OPTIONS";
/** Lines on the preflights of pages that are let in. */
export const onPreflight =
  (lines: Record<string, string | undefined>): Police["change"] =>
  (headers, request) =>
    isPreflight(request) && "Access-Control-Allow-Origin" in headers ? { ...headers, ...lines } : headers;
/** Lines on every answer to pages that are let in. */
export const onGrant =
  (lines: Record<string, string | readonly string[] | undefined>): Police["change"] =>
  (headers) =>
    "Access-Control-Allow-Origin" in headers ? { ...headers, ...lines } : headers;
