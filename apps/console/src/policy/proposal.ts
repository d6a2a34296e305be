/** A change of one origin, as other views propose it. */
export interface OriginProposal {
  readonly change: "allow-origin" | "refuse-origin";
  readonly origin: string;
  readonly route?: string;
}

/** Reads a proposal from the address. */
export function readProposal({ change, origin, route }: Readonly<Record<string, string>>): OriginProposal | undefined {
  if (origin === undefined || origin === "") return undefined;
  if (change !== "allow-origin" && change !== "refuse-origin") return undefined;
  return { change, origin, ...(route === undefined || route === "" || route === "/" ? {} : { route }) };
}
