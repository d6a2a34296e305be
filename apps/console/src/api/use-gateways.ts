import type { Status } from "corsmith/api";
import { useQuery } from "./use-query.ts";

/** A gateway that keeps its decisions in the journal. */
export type Gateway = NonNullable<Status["journal"]>["gateways"][number];

/** Does a gateway enforce the same policy as this console's own? `undefined` where it is this one, has ended, or is not known. */
export function isSamePolicy(gateway: Gateway, own: Gateway | undefined): boolean | undefined {
  if (gateway.own || !gateway.running || gateway.policy === null || (own?.policy ?? null) === null) return undefined;
  return gateway.policy === own?.policy;
}

/** Is it known yet which gateways share the journal, or that it cannot be known? */
export function useGatewaysKnown(): boolean {
  const { data, error } = useStatus();
  return data !== undefined || error !== null;
}

/** The gateways that share the journal, this console's own first; none if it is alone. */
export function useGateways(): readonly Gateway[] {
  const { data } = useStatus();
  const gateways = data?.journal?.gateways ?? [];
  return gateways.length > 1 ? gateways : [];
}

function useStatus() {
  return useQuery("GET /api/status", {}, { intervalMs: 15_000 });
}
