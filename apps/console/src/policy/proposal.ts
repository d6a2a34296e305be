import type { PolicyInForce, Proposal } from "corsmith/api";

/** A change of the policy, as other views propose it: what is to be allowed or refused, and on which route. */
export interface ProposedChange {
  readonly change: "allow-origin" | "refuse-origin" | "allow-method" | "allow-headers";
  readonly names: readonly string[];
  readonly route?: string;
}

const changes: readonly ProposedChange["change"][] = ["allow-origin", "refuse-origin", "allow-method", "allow-headers"];

/** The address at which the policy view shows a proposed change. */
export function proposalLink({ change, names, route }: ProposedChange): string {
  return `/policy?${new URLSearchParams({ change, names: names.join(","), ...(route === undefined ? {} : { route }) })}`;
}

/** Reads such an address. */
export function readProposal(query: Readonly<Record<string, string>>): ProposedChange | undefined {
  const change = changes.find((each) => each === query["change"]);
  const names = (query["names"] ?? "").split(",").filter((name) => name !== "");
  if (change === undefined || names.length === 0) return undefined;
  const { route } = query;
  return { change, names, ...(route === undefined || route === "" || route === "/" ? {} : { route }) };
}

/** The change as the API takes it. Names are added to those that the active policy has. */
export function proposalOf({ change, names, route }: ProposedChange, active: PolicyInForce): Proposal {
  const where = route === undefined ? {} : { route };
  if (change === "allow-origin" || change === "refuse-origin") return { change, origin: names[0] ?? "", ...where };
  const policy = active.routes?.find(({ path }) => path === route)?.policy ?? active.policy;
  const key = change === "allow-method" ? "allowMethods" : "allowHeaders";
  const whole = [...new Set([...((policy || undefined)?.[key] ?? []), ...names])];
  return { change: "set-policy", policy: { [key]: whole }, ...where };
}

/** The change in words. */
export function proposalWords({ change, names }: ProposedChange): string {
  return `${change === "refuse-origin" ? "refuse" : "allow"} ${names.join(", ")}`;
}
