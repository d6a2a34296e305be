import type { ExplanationCode } from "../../failures/catalogue.ts";
import { explanationOf } from "../../failures/catalogue.ts";
import type { Facts } from "../facts.ts";
import { javascript } from "./javascript.ts";
import { languages } from "./languages.ts";
import { pageSnippets } from "./page.ts";
import { answer, platforms } from "./platforms.ts";
import { proxies } from "./proxies.ts";
import { type Snippet, wishOf } from "./snippet.ts";

const [gateway, ...clouds] = platforms;
const servers = [
  answer,
  ...(gateway === undefined ? [] : [gateway]),
  ...javascript,
  ...languages,
  ...proxies,
  ...clouds,
];

/** Failures that a server's CORS configuration ends, beside those of the protocol: an answer without headers, one that is not exposed. */
const configured: ReadonlySet<ExplanationCode> = new Set([
  "error-response-without-cors",
  "gateway-error-without-cors",
  "auth-error-without-cors",
  "not-found-without-cors",
  "body-too-large-413",
  "rate-limited-429",
  "cached-response-without-cors",
  "cached-response-for-other-origin",
  "response-header-not-exposed",
]);

/** Failures of the protocol that no configuration of CORS ends. */
const notConfigured: ReadonlySet<ExplanationCode> = new Set([
  "method-case-mismatch",
  "header-response-header-sent-by-client",
  "origin-null",
]);

/**
 * What to write, in the words of many stacks, made from the user's own origin, method and header; an example stands where they are not
 * known. First what the page changes, if it is the page that must. A failure that no lines end has none.
 *
 * @example
 * ```ts
 * import { snippets } from "@corsmith/cors/explain";
 *
 * const found = snippets("method-not-allowed", { origin: "https://app.example.com", method: "PATCH" });
 * const nginx = found.find(({ stack }) => stack === "nginx");
 * console.assert(nginx?.code.includes("PATCH") && nginx.code.includes("https://app.example.com"));
 * ```
 */
export function snippets(code: ExplanationCode, facts: Facts = {}): readonly Snippet[] {
  const wish = wishOf(code, facts);
  return [...pageSnippets(wish), ...(isConfigured(code) ? servers.map((write) => write(wish)) : [])];
}

function isConfigured(code: ExplanationCode): boolean {
  if (configured.has(code)) return true;
  const { kind, phase, fixes } = explanationOf(code);
  const answered = phase === "response" || phase === "preflight";
  return kind === "cors" && answered && !notConfigured.has(code) && fixes.some(({ who }) => who !== "client");
}
