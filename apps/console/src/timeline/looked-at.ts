import type { Step } from "@corsmith/cors/browser";

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
