import type { Engine, Step } from "@corsmith/cors/browser";

const words: Readonly<Record<Engine, string>> = {
  standard: "the standard has it",
  chromium: "Chrome and Edge do",
  firefox: "Firefox does",
  webkit: "Safari does",
};

/** Whose judgement it is, to be put behind “judged as”. */
export function judgeWords(engine: Engine): string {
  return words[engine];
}

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

/** What of an answer a step looked at: its status line, or a header by its name in lower case. */
export type LookedAt = "status" | (string & {});

const byStep: Readonly<Record<string, LookedAt>> = {
  "cors-check/allow-origin": "access-control-allow-origin",
  "cors-check/allow-credentials": "access-control-allow-credentials",
  "cors-preflight-fetch/status": "status",
  "cors-preflight-fetch/method": "access-control-allow-methods",
  "cors-preflight-fetch/allow-methods": "access-control-allow-methods",
  "cors-preflight-fetch/headers": "access-control-allow-headers",
  "cors-preflight-fetch/allow-headers": "access-control-allow-headers",
  "cors-preflight-cache/store": "access-control-max-age",
  "http-redirect-fetch/location": "location",
  "http-redirect-fetch/scheme": "location",
  "http-redirect-fetch/credentials": "location",
  "http-redirect-fetch/count": "location",
  "http-fetch/redirect": "location",
  "cross-origin-resource-policy-check/policy": "cross-origin-resource-policy",
};

/** Which part of the answer this step looked at; `undefined` if it looked at none. */
export function lookedAt({ step }: Step): LookedAt | undefined {
  return byStep[step];
}

/** How the header's name is written, for one that is not there. */
export function headerName(lower: string): string {
  return lower.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
