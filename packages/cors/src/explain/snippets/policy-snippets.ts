import type { Snippet } from "./snippet.ts";

/** Where a whole policy can be written: our own files and variables, and the hosts of `@corsmith/cors`. */
export type PolicyStack =
  | "yaml"
  | "json"
  | "environment"
  | "express"
  | "fastify"
  | "hono"
  | "koa"
  | "h3"
  | "fetch"
  | "node";

/** A policy, or the keys of one. */
type PolicyKeys = Readonly<Record<string, unknown>>;

type Host = readonly [stack: PolicyStack, title: string, before: string, use: string];

const hosts: readonly Host[] = [
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

/**
 * The same policy in every place that takes a whole one. Keys that have their default value are left out.
 *
 * @example
 * ```ts
 * import { policySnippets } from "@corsmith/cors/explain";
 *
 * const [yaml] = policySnippets({ allowOrigins: ["https://app.example.com"], allowCredentials: false });
 * console.assert(yaml?.code === 'policy:\n  allowOrigins: ["https://app.example.com"]\n');
 * ```
 */
export function policySnippets(policy: PolicyKeys): readonly Snippet<PolicyStack>[] {
  const keys = Object.fromEntries(Object.entries(policy).filter(([key, value]) => !isDefault(key, value)));
  return [
    { stack: "yaml", title: "corsmith.config.yaml", language: "yaml", code: yamlPolicy(keys) },
    { stack: "json", title: "JSON", language: "json", code: `${JSON.stringify(keys, null, 2)}\n` },
    { stack: "environment", title: "Environment variables", language: "sh", code: environment(keys) },
    ...hosts.map(([stack, title, before, use]) => ({
      stack,
      title,
      language: "js",
      code: hostCode(stack, keys, before, use),
    })),
  ];
}

/** The `policy` of a configuration file. */
export function yamlPolicy(keys: PolicyKeys): string {
  return `policy:\n${entries(keys, "")}\n`;
}

/** A host of `@corsmith/cors` with this policy: what comes `before` it, and how it is used. */
export function hostCode(stack: PolicyStack, keys: PolicyKeys, before: string, use: string): string {
  const head = [`import { cors } from "@corsmith/cors/${stack}";`, ...(before === "" ? [] : [before])].join("\n");
  return `${head}\n\nconst policy = {\n${entries(keys, ",")}\n};\n\n${use}\n`;
}

function isDefault(key: string, value: unknown): boolean {
  if (key === "originLookup" || value === undefined || value === false) return true;
  return key === "preflightStatus" ? value === 204 : Array.isArray(value) && value.length === 0;
}

function entries(keys: PolicyKeys, end: string): string {
  return Object.entries(keys)
    .map(([key, value]) => `  ${key}: ${literal(value)}${end}`)
    .join("\n");
}

/** A value as JavaScript and YAML both read it; a long list has a line for each member. */
function literal(value: unknown): string {
  if (Array.isArray(value)) {
    const members = value.map((member) => JSON.stringify(member));
    const line = `[${members.join(", ")}]`;
    return line.length < 100 ? line : `[\n${members.map((member) => `    ${member},\n`).join("")}  ]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(", ")} }`;
}

function environment(keys: PolicyKeys): string {
  const lines = Object.entries(keys).flatMap(([key, value]) => {
    if (typeof value === "object" && !Array.isArray(value)) return [];
    const name = `CORS_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    return [`${name}=${Array.isArray(value) ? value.join(",") : String(value)}`];
  });
  return `${lines.join("\n")}\n`;
}
