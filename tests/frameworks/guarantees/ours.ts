import { allHosts } from "../hosts/all-hosts.ts";
import { policies } from "../table/policies.ts";
import type { Subject } from "./subject.ts";

/** Corsmith's adapters. */
export const ours: readonly Subject[] = allHosts.map((host) => ({
  name: host.name,
  http2: host.http2,
  start: async (setup, anyOriginWithCookies = false) =>
    host.start(anyOriginWithCookies ? { allowOrigins: "*", allowCredentials: true } : policies.page, setup),
}));
