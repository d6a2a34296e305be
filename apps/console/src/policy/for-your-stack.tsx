import type { Policy, PolicyInForce } from "corsmith/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { stringify } from "yaml";
import { CodeBlock } from "../components/code-block.tsx";
import { Panel } from "../components/layout.tsx";

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

/** A place that the policy can be written for. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  write(policy: Policy): string;
}

/** Hosts of the library, and how a policy is registered there. */
const hosts: readonly (readonly [id: string, name: string, before: string, use: string])[] = [
  ["express", "Express", 'import express from "express";\n\nconst app = express();', "app.use(cors(policy));"],
  [
    "fastify",
    "Fastify",
    'import Fastify from "fastify";\n\nconst app = Fastify();',
    "await app.register(cors(policy));",
  ],
  ["hono", "Hono", 'import { Hono } from "hono";\n\nconst app = new Hono();', "app.use(cors(policy));"],
  ["koa", "Koa", 'import Koa from "koa";\n\nconst app = new Koa();', "app.use(cors(policy));"],
  ["h3", "h3", 'import { H3 } from "h3";\n\nconst app = new H3();', "app.use(cors(policy));"],
  ["fetch", "Workers, Deno, Bun (Fetch handlers)", "", "export default { fetch: cors(policy)(handler) };"],
  [
    "node",
    "node:http",
    'import { createServer } from "node:http";',
    "const guard = cors(policy);\ncreateServer((req, res) => guard(req, res, () => answer(req, res))).listen(3000);",
  ],
];

/** Everything that the policy can be written for here. */
export const stacks: readonly Stack[] = [
  { id: "yaml", name: "corsmith.config.yaml", write: (policy) => stringify({ policy: written(policy) }) },
  { id: "json", name: "JSON", write: (policy) => `${JSON.stringify(written(policy), null, 2)}\n` },
  { id: "environment", name: "Environment variables", write: environment },
  ...hosts.map(([id, name, before, use]) => ({
    id,
    name,
    write: (policy: Policy) => {
      const head = [`import { cors } from "@corsmith/cors/${id}";`, before].filter((part) => part !== "").join("\n");
      return `${head}\n\nconst policy = ${literal(written(policy))};\n\n${use}\n`;
    },
  })),
];

/** The keys that say something; what is as it would be without them is left out. */
function written(policy: Policy): Partial<Policy> {
  const entries = Object.entries(policy).filter(([key, value]) => {
    if (key === "originLookup" || value === undefined || value === false) return false;
    if (key === "preflightStatus") return value !== 204;
    return !(Array.isArray(value) && value.length === 0);
  });
  return Object.fromEntries(entries);
}

function environment(policy: Policy): string {
  const lines = Object.entries(written(policy)).flatMap(([key, value]) => {
    if (typeof value === "object" && !Array.isArray(value)) return [];
    const name = `CORS_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    return [`${name}=${Array.isArray(value) ? value.join(",") : String(value)}`];
  });
  return `${lines.join("\n")}\n`;
}

/** JSON as people write it in TypeScript: names without quotes. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/^(\s*)"(\w+)":/gm, "$1$2:");
}
