import type { Policy } from "@corsmith/cors";
import type { RouteInput, RouteTable } from "../gateway/route-table.ts";

/** All policies of a configuration, checked and compiled. */
export interface PolicySet {
  /** For every path that no route names. */
  readonly policy: Policy;
  readonly routes: readonly RouteInput[];
  /** Both of them, ready for the gateway. */
  readonly table: RouteTable;
}

/** A policy set as plain data, for JSON. An `originLookup`, being code, stands there as a mark only. */
export interface PolicySetData {
  readonly policy: Policy;
  readonly routes: readonly { readonly path: string; readonly policy: Policy }[];
}

/** The policy set without what it was compiled to. */
export function policySetData({ policy, routes }: PolicySet): PolicySetData {
  return { policy, routes: routes.map((route) => ({ path: route.path, policy: route.policy })) };
}

/** Every allowed origin of all policies, each once, in the order in which they stand. */
export function allowedOrigins({ policy, routes }: PolicySet): readonly string[] {
  return [...new Set([policy, ...routes.map((route) => route.policy)].flatMap((each) => each.allowOrigins))];
}
