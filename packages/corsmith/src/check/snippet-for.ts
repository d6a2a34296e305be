import { type Snippet, type Stack, snippets } from "@corsmith/cors/explain";
import type { AnsweredBy } from "../live/answered-by.ts";
import type { Diagnosis } from "./check-finding.ts";
import type { CheckRequest } from "./check-request.ts";

/** In which words to say it, by who answered. */
const stacks: Readonly<Record<string, Stack>> = {
  nginx: "nginx",
  Apache: "apache",
  Caddy: "caddy",
  HAProxy: "haproxy",
  Express: "express",
  Spring: "spring",
  Django: "django",
  "FastAPI or Starlette": "fastapi",
  uvicorn: "fastapi",
  "AWS API Gateway": "api-gateway",
};

/** What to write into the configuration of the program that answered; undefined if it is not known which, or if no lines help. */
export function snippetFor(
  { code, fix }: Diagnosis,
  { origin, method, headers }: CheckRequest,
  { name }: AnsweredBy,
): Snippet | undefined {
  const stack = stacks[name];
  if (stack === undefined || fix?.who === "client") return undefined;
  const [header] = headers.map(([written]) => written);
  const facts = { origin, method, ...(header === undefined ? {} : { header }) };
  return snippets(code, facts).find((snippet) => snippet.stack === stack);
}
