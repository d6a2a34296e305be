import type { JSX } from "preact";
import { useGateways } from "../server/use-gateways.ts";

/** Whose policy this is, where several gateways share a journal: each has a policy of its own. */
export function WhosePolicy(): JSX.Element | null {
  const [own, ...others] = useGateways();
  if (own === undefined) return null;
  return (
    <p class="policy-note policy-whose">
      This is the policy of the gateway <code>{own.name}</code>, and a change is put in force there alone.{" "}
      {others.length === 1 ? "Another one" : `${others.length} others`} {others.length === 1 ? "shares" : "share"} its
      journal (
      {others.map(({ name }, place) => (
        <span key={name}>
          {place === 0 ? "" : ", "}
          <code>{name}</code>
        </span>
      ))}
      ), with{" "}
      {others.length === 1
        ? "a policy of its own, to be seen in its own console"
        : "policies of their own, to be seen in their own consoles"}
      .
    </p>
  );
}
