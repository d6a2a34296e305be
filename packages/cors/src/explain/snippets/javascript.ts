import type { Snippet, Wish } from "./snippet.ts";

/** The CORS packages of JavaScript's servers. Each stands before the routes. */
export const javascript: readonly ((wish: Wish) => Snippet)[] = [
  (wish) => ({
    stack: "corsmith-cors",
    title:
      "@corsmith/cors in Express (also /fastify, /koa, /hono, /h3, /nest, /next, /node, /fetch); errors carry the headers too",
    language: "js",
    code: `import { cors } from "@corsmith/cors/express";

app.use(cors({
  allowOrigins: ${list([wish.origin])},
${lines(wish.credentials && "  allowCredentials: true,")}  allowMethods: ${list(wish.methods)},
  allowHeaders: ${list(wish.headers)},
${lines(wish.expose.length > 0 && `  exposeHeaders: ${list(wish.expose)},`)}}));`,
  }),
  (wish) => ({
    stack: "express",
    title: "Express, with the package cors",
    language: "js",
    code: `import cors from "cors";

app.use(cors({
  origin: ${list([wish.origin])},
${options(wish)}}));`,
  }),
  (wish) => ({
    stack: "fastify",
    title: "Fastify, with @fastify/cors",
    language: "js",
    code: `import cors from "@fastify/cors";

await app.register(cors, {
  origin: ${list([wish.origin])},
${options(wish)}});`,
  }),
  (wish) => ({
    stack: "koa",
    title: "Koa, with @koa/cors",
    language: "js",
    code: `import cors from "@koa/cors";

const allowed = ${list([wish.origin])};
app.use(cors({
  origin: (context) => allowed.find((origin) => origin === context.get("Origin")) ?? "",
${koaOptions(wish)}}));`,
  }),
  (wish) => ({
    stack: "hono",
    title: "Hono",
    language: "js",
    code: `import { cors } from "hono/cors";

app.use(cors({
  origin: ${list([wish.origin])},
${koaOptions(wish)}}));`,
  }),
];

function options({ credentials, methods, headers, expose }: Wish): string {
  return lines(
    credentials && "  credentials: true,",
    `  methods: ${list(methods)},`,
    `  allowedHeaders: ${list(headers)},`,
    expose.length > 0 && `  exposedHeaders: ${list(expose)},`,
  );
}

function koaOptions({ credentials, methods, headers, expose }: Wish): string {
  return lines(
    credentials && "  credentials: true,",
    `  allowMethods: ${list(methods)},`,
    `  allowHeaders: ${list(headers)},`,
    expose.length > 0 && `  exposeHeaders: ${list(expose)},`,
  );
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
}

function lines(...texts: readonly (string | false)[]): string {
  return texts.flatMap((text) => (text === false ? [] : [`${text}\n`])).join("");
}
