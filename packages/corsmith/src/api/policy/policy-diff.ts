import { isDeepStrictEqual } from "node:util";
import type { Policy } from "@corsmith/cors";
import { routeFor } from "@corsmith/cors/routes";
import type { PolicySet } from "../../config/policy-set.ts";
import type { AccessChange, Effect, PolicyChange, PolicyDiff } from "../schemas/policy-change.ts";
import { exampleOrigins, policyEffect } from "./policy-effect.ts";

const maxChanges = 500;
/** Pairs of an origin and a method that are tried, over all routes. */
const maxPairs = 20_000;

/** In what the active policies differ from others: as written, and in what pages can do. Pure. */
export function policySetDiff(before: PolicySet, after: PolicySet) {
  const routes = [...new Set([before, after].flatMap((set) => set.routes.map(({ path }) => path)))];
  const changes = [
    ...keyChanges("/", before.policy, after.policy),
    ...routes.flatMap((path) => routeChanges(path, before, after)),
  ];
  const each = Math.floor(maxPairs / (routes.length + 1));
  const access = ["/", ...routes].flatMap((route) => accessChanges(route, before, after, each));
  const gained = access.filter((change) => gains(change.before, change.after));
  const lost = access.filter((change) => gains(change.after, change.before));
  return {
    changes: changes.slice(0, maxChanges),
    gained: gained.slice(0, maxChanges),
    lost: lost.slice(0, maxChanges),
    handedOver: ["/", ...routes].flatMap((route) => handOver(route, before, after)).slice(0, maxChanges),
    truncated: changes.length > maxChanges || gained.length > maxChanges || lost.length > maxChanges,
  };
}

function routeChanges(path: string, before: PolicySet, after: PolicySet): readonly PolicyChange[] {
  const [old, now] = [policyAt(before, path), policyAt(after, path)];
  if (old !== undefined && now !== undefined) return keyChanges(path, old, now);
  return [{ route: path, kind: old === undefined ? "route-added" : "route-removed" }];
}

function policyAt({ routes }: PolicySet, path: string): Policy | false | undefined {
  return routes.find((route) => route.path === path)?.policy;
}

function keyChanges(route: string, before: Policy | false, after: Policy | false): readonly PolicyChange[] {
  if (before === false || after === false) {
    const change = { before: before && plain(before), after: after && plain(after) };
    return before === after ? [] : [{ route, kind: "changed", key: "policy", ...change }];
  }
  const [old, now] = [plain(before), plain(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys
    .filter((key) => !isDeepStrictEqual(old[key], now[key]))
    .map((key) => ({ route, kind: "changed", key, ...valueChange(old[key], now[key]) }));
}

function plain(policy: Policy): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(policy)) as Readonly<Record<string, unknown>>;
}

function valueChange(before: unknown, after: unknown): Partial<PolicyChange> {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [new Set<unknown>(before), new Set<unknown>(after)];
    return {
      added: [...now].filter((item) => !old.has(item)).map(String),
      removed: [...old].filter((item) => !now.has(item)).map(String),
    };
  }
  return { before: before ?? null, after: after ?? null };
}

/** What is enforced on a route, whether or not it is written there. */
function enforcedAt({ table }: PolicySet, route: string): Policy | false {
  return routeFor(table, route.replaceAll("*", "any")).policy;
}

function handOver(route: string, before: PolicySet, after: PolicySet): PolicyDiff["handedOver"] {
  const [old, now] = [enforcedAt(before, route), enforcedAt(after, route)];
  if ((old === false) === (now === false)) return [];
  return [{ route, to: now === false ? "api" : "policy" }];
}

/** Where there is no policy the API itself says who may read it, and what that changes is not known here. */
function accessChanges(route: string, before: PolicySet, after: PolicySet, pairs: number): readonly AccessChange[] {
  const [old, now] = [enforcedAt(before, route), enforcedAt(after, route)];
  if (old === false || now === false) return [];
  const methods = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);
  for (const method of [...old.allowMethods, ...now.allowMethods]) if (method !== "*") methods.add(method);
  const maxOrigins = Math.max(2, Math.min(500, Math.floor(pairs / methods.size)));
  return exampleOrigins([old, now], maxOrigins).flatMap(({ origin }) =>
    [...methods].flatMap((method): readonly AccessChange[] => {
      const change = { before: policyEffect(old, origin, method), after: policyEffect(now, origin, method) };
      const differs = gains(change.before, change.after) || gains(change.after, change.before);
      return differs ? [{ route, origin, method, before: verdict(change.before), after: verdict(change.after) }] : [];
    }),
  );
}

type Verdict = AccessChange["before"];

function verdict({ allowed, reason, credentials }: Effect): Verdict {
  return { allowed, reason, credentials };
}

function gains(before: Verdict, after: Verdict): boolean {
  return after.allowed && (!before.allowed || (after.credentials && !before.credentials));
}
