import type { Step } from "@corsmith/cors/browser";

const titles: Readonly<Record<string, string>> = {
  "main-fetch/tainting": "Whose is it?",
  "main-fetch/mixed-content": "Secure page, insecure URL",
  "main-fetch/scheme": "Scheme",
  "main-fetch/mode": "Mode",
  "main-fetch/aborted": "Aborted",
  "bad-port/port": "Port",
  "cors-preflight-fetch/request": "The question",
  "cors-preflight-fetch/status": "Status",
  "cors-preflight-fetch/method": "Method",
  "cors-preflight-fetch/allow-methods": "List of methods",
  "cors-preflight-fetch/headers": "Request headers",
  "cors-preflight-fetch/allow-headers": "List of headers",
  "cors-preflight-cache/store": "Memory",
  "cors-preflight-cache/match": "Memory",
  "cors-check/allow-origin": "Origin",
  "cors-check/allow-credentials": "Credentials",
  "http-network-fetch/answer": "Answer",
  "http-redirect-fetch/follow": "Redirect",
  "cross-origin-resource-policy-check/policy": "Resource policy",
};

/** What a step is about, in a word or two. */
export function checkTitle({ step }: Step): string {
  return titles[step] ?? (step.startsWith("http-redirect-fetch/") ? "Redirect" : "Check");
}
