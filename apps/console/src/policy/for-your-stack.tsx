import { policySnippets } from "@corsmith/cors/explain";
import type { PolicyInForce } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CodeBlock } from "../components/code-block.tsx";
import { Panel } from "../components/layout.tsx";

/** The active policy as the lines that another server needs. */
export function ForYourStack({ active }: { readonly active: PolicyInForce }): JSX.Element | null {
  const [chosen, setChosen] = useState("yaml");
  const [path, setPath] = useState("/");
  // A route without a policy has nothing to be used elsewhere.
  const routes = (active.routes ?? []).flatMap((route) =>
    route.policy === false ? [] : [{ ...route, policy: route.policy }],
  );
  const policy = routes.find((route) => route.path === path)?.policy ?? (active.policy || routes[0]?.policy);
  if (policy === undefined) return null;
  const snippets = policySnippets(policy);
  const snippet = snippets.find(({ stack }) => stack === chosen) ?? snippets[0];
  if (snippet === undefined) return null;
  return (
    <Panel title="Use this policy elsewhere" id="policy-stacks">
      <div class="stack-choice">
        <div>
          <label for="policy-stack">For</label>
          <select id="policy-stack" value={snippet.stack} onChange={(event) => setChosen(event.currentTarget.value)}>
            {snippets.map(({ stack, title }) => (
              <option key={stack} value={stack}>
                {title}
              </option>
            ))}
          </select>
        </div>
        {routes.length === 0 ? null : (
          <div>
            <label for="policy-stack-route">Route</label>
            <select id="policy-stack-route" value={path} onChange={(event) => setPath(event.currentTarget.value)}>
              {active.policy === undefined || active.policy === false ? null : (
                <option value="/">all other paths</option>
              )}
              {routes.map((route) => (
                <option key={route.path} value={route.path}>
                  {route.path}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <CodeBlock code={snippet.code} what={`the policy for ${snippet.title}`} />
    </Panel>
  );
}
