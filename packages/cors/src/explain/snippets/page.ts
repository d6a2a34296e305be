import type { ExplanationCode } from "../../failures/catalogue.ts";
import type { Snippet, Wish } from "./snippet.ts";

/** What the page changes, where it is the page that must. */
const calls: Partial<Readonly<Record<ExplanationCode, (wish: Wish) => string>>> = {
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

/** The page's own part, if it has one. */
export function pageSnippets(wish: Wish): readonly Snippet[] {
  const code = calls[wish.code]?.(wish);
  if (code === undefined) return [];
  const language = code.startsWith("<") ? "html" : "js";
  return [{ stack: "fetch", title: "In the page", language, code }];
}
