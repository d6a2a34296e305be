import { explanationOf } from "../../failures/catalogue.ts";
import type { ExplanationCode } from "../../failures/chapter.ts";
import type { Facts } from "../facts.ts";
import { proxies } from "./proxies.ts";
import { clouds, response, servers } from "./servers.ts";
import { type Snippet, type SnippetInput, snippetInput } from "./snippet.ts";

/** What the page changes, if it is the page that has to. */
const calls: Partial<Readonly<Record<ExplanationCode, (input: SnippetInput) => string>>> = {
  "method-case-mismatch": ({ methods }) =>
    `await fetch(url, { method: ${JSON.stringify(methods.at(-1) ?? "PATCH")} });`,
  "header-response-header-sent-by-client": () =>
    "await fetch(url); // without Access-Control-Allow-… among the headers",
  "opaque-response-no-cors": () => 'await fetch(url); // without mode: "no-cors"',
  "no-cors-method-not-safelisted": () => 'await fetch(url, { method: "PUT" }); // without mode: "no-cors"',
  "disallowed-by-mode": () => 'await fetch(url); // mode: "cors" is the default',
  "credentials-not-sent": () => 'await fetch(url, { credentials: "include" });',
  "wildcard-origin-with-credentials": () => "await fetch(url); // if the data is public: without credentials",
  "preflight-wildcard-origin-with-credentials": () => "await fetch(url); // if the data is public: without credentials",
  "url-contains-credentials": () =>
    'await fetch(url, { headers: { authorization: "Basic " + btoa(user + ":" + password) } });',
  "stream-body-not-allowed": () => 'await fetch(url, { method: "POST", body: stream, duplex: "half" });',
  "redirect-not-followed": () => 'await fetch(url); // redirect: "follow" is the default',
  "canvas-or-media-tainted": () => '<img crossorigin="anonymous" src="…">',
  "script-error-muted": () => '<script crossorigin="anonymous" src="…"></script>',
};

/** Failures outside the protocol that a server's CORS configuration ends: a response without headers, a header that is not exposed. */
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

/** Failures of the protocol that no CORS configuration ends. */
const notConfigured: ReadonlySet<ExplanationCode> = new Set([
  "method-case-mismatch",
  "header-response-header-sent-by-client",
  "origin-null",
]);

/**
 * The lines to write, for many stacks, made from the user's own origin, method and header; examples where they are not known. First what
 * the page changes, if it is the page that has to. A failure that no lines end has none.
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
  const input = snippetInput(code, facts);
  const writers = isConfigured(code) ? [response, ...servers, ...proxies, ...clouds] : [];
  return [...pageSnippets(input), ...writers.map((write) => write(input))];
}

function isConfigured(code: ExplanationCode): boolean {
  if (configured.has(code)) return true;
  const { kind, phase, fixes } = explanationOf(code);
  const answered = phase === "response" || phase === "preflight";
  return kind === "cors" && answered && !notConfigured.has(code) && fixes.some(({ who }) => who !== "client");
}

function pageSnippets(input: SnippetInput): readonly Snippet[] {
  const code = calls[input.code]?.(input);
  if (code === undefined) return [];
  const language = code.startsWith("<") ? "html" : "js";
  return [{ stack: "fetch", title: "In the page", language, code }];
}
