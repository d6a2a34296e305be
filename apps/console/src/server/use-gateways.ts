import type { Status } from "corsmith/api";
import { useQuery } from "./use-query.ts";

/** A gateway that keeps its decisions in the journal. */
export type Gateway = NonNullable<Status["journal"]>["gateways"][number];

/** The gateways that share the journal, this console's own first; none if it stands alone, since then there is nothing to tell apart. */
export function useGateways(): readonly Gateway[] {
  const { data } = useQuery("getStatus", {}, { every: 15_000 });
  const gateways = data?.journal?.gateways ?? [];
  return gateways.length > 1 ? gateways : [];
}
