import type { JSX } from "preact";
import { agrees, type Gateway, useGateways } from "../server/use-gateways.ts";

/** Whose policy this is, where several gateways share a journal: each has a policy of its own, and they may differ. */
export function WhosePolicy(): JSX.Element | null {
  const [own, ...others] = useGateways();
  if (own === undefined) return null;
  const standing = (agreeing: boolean | undefined) => others.filter((gateway) => agrees(gateway, own) === agreeing);
  return (
    <p class="policy-note policy-whose">
      This is the policy of the gateway <code>{own.name}</code>, and a change is put in force there alone.
      <Named gateways={standing(true)} before="The same policy is in force at" />
      <Named gateways={standing(false)} before="Another policy is in force at" />
      <Named gateways={standing(undefined)} before="It is not known what is in force at" />
    </p>
  );
}

interface NamedProps {
  readonly gateways: readonly Gateway[];
  readonly before: string;
}

function Named({ gateways, before }: NamedProps): JSX.Element | null {
  if (gateways.length === 0) return null;
  return (
    <>
      {` ${before} `}
      {gateways.map(({ name }, place) => (
        <span key={name}>
          {place === 0 ? "" : ", "}
          <code>{name}</code>
        </span>
      ))}
      .
    </>
  );
}
