import type { PolicyInput } from "@corsmith/cors";
import type { Source } from "../hosts/host.ts";
import type { Ask } from "../support/ask.ts";
import { type PolicyName, policies } from "./policies.ts";
import type { Row } from "./row.ts";

/** A way to have all policies of the table on one server, with the application below any one segment. */
export interface Form {
  readonly name: string;
  readonly source: Source;
}

/** The policy that this row is asked under: by the first segment of the path, and by the host. */
export function askUnder({ policy, mount, ask }: Row): Ask {
  const path = ask.path ?? "/";
  // What is outside of the prefix is outside of the route, and CORS is nobody's affair there.
  const within = mount === "prefix" ? path.replace(/^\/api/, `/${policy}`) : `/${policy}${path}`;
  const host = within.split(/[/?]/)[1] === policy ? policy : "nobody";
  return { ...ask, path: within, host: `${host}.example` };
}

const byName: Readonly<Record<PolicyName, PolicyInput>> = policies;

/** Names of hosts have no case. */
const byHost = new Map<string | undefined, PolicyInput>(
  Object.entries(byName).map(([name, policy]) => [`${name.toLowerCase()}.example`, policy]),
);

const find = (host: string | undefined): PolicyInput | false => byHost.get(host?.toLowerCase()) ?? false;

export const forms: readonly Form[] = [
  {
    name: "by route",
    source: { policy: false, routes: Object.entries(byName).map(([name, policy]) => ({ path: `/${name}`, policy })) },
  },
  { name: "chosen by the host", source: ({ host }) => find(host) },
  {
    name: "chosen by the host, later",
    source: async ({ host }) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return find(host);
    },
  },
];
