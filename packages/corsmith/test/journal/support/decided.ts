import type { DecisionRecord } from "@corsmith/cors/observe";

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** The record of an allowed request of now, but for what is given. @param given with the kind `preflight`, `method` is the requested one */
export function decided(given: Partial<DecisionRecord> = {}): DecisionRecord {
  const isPreflight = given.kind === "preflight";
  const { method = "GET", ...rest } = given;
  return {
    time: Date.now(),
    route: "/",
    kind: "actual",
    reason: "allowed",
    preflight: isPreflight,
    origin: "https://app.example.com",
    method: isPreflight ? "OPTIONS" : method,
    requestedMethod: isPreflight ? method : undefined,
    finalStatus: 200,
    credentials: false,
    headerless: false,
    aborted: false,
    userAgent: chrome,
    path: "/orders",
    host: "api.example.com",
    headerNames: ["host", "origin"],
    fetchMode: "cors",
    fetchSite: "cross-site",
    refused: [],
    answer: {
      allowOrigin: undefined,
      allowCredentials: false,
      allowMethods: undefined,
      allowHeaders: undefined,
      exposeHeaders: undefined,
      maxAge: undefined,
      vary: undefined,
    },
    durationMs: 1,
    ...rest,
  };
}

/** The hour around now, and more. */
export function lately(): { readonly from: number; readonly to: number } {
  const now = Date.now();
  return { from: now - 3_600_000, to: now + 60_000 };
}
