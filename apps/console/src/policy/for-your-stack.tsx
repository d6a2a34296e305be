import type { PolicyInForce } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CodeBlock } from "../parts/code-block.tsx";
import { Panel } from "../parts/panel.tsx";
import { stacks } from "./stacks.ts";

/** The policy in force as the lines that another server would need. */
export function ForYourStack({ inForce }: { readonly inForce: PolicyInForce }): JSX.Element | null {
  const [chosen, setChosen] = useState(stacks[0]?.id);
  const [path, setPath] = useState("/");
  const routes = inForce.routes ?? [];
  const policy = routes.find((route) => route.path === path)?.policy ?? inForce.policy ?? routes[0]?.policy;
  const stack = stacks.find(({ id }) => id === chosen) ?? stacks[0];
  if (policy === undefined || stack === undefined) return null;
  return (
    <Panel title="The same policy elsewhere" id="policy-stacks">
      <div class="stack-choice">
        <div>
          <label for="policy-stack">For</label>
          <select id="policy-stack" value={stack.id} onChange={(event) => setChosen(event.currentTarget.value)}>
            {stacks.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        {routes.length === 0 ? null : (
          <div>
            <label for="policy-stack-route">The policy of</label>
            <select id="policy-stack-route" value={path} onChange={(event) => setPath(event.currentTarget.value)}>
              {inForce.policy === undefined ? null : <option value="/">everything beside the routes</option>}
              {routes.map((route) => (
                <option key={route.path} value={route.path}>
                  {route.path}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <CodeBlock code={stack.write(policy)} what={`the policy for ${stack.name}`} />
    </Panel>
  );
}
