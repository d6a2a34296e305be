import type { DecisionDetails, DecisionFacts } from "../../../src/journal/counting/decision-facts.ts";

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** An allowed request of now, but for what is said. */
export function facts(said: Partial<DecisionFacts> = {}): DecisionFacts {
  return {
    time: Date.now(),
    route: "/",
    kind: "actual",
    reason: "allowed",
    origin: "https://app.example.com",
    method: "GET",
    status: 200,
    answeredAtOnce: false,
    credentials: false,
    headerless: false,
    aborted: false,
    userAgent: chrome,
    ...said,
  };
}

export const details: DecisionDetails = {
  requestMethod: "GET",
  path: "/orders",
  host: "api.example.com",
  requestedHeaders: [],
  headerNames: ["host", "origin"],
  fetchMode: "cors",
  fetchSite: "cross-site",
  refused: [],
  answer: [],
  durationMs: 1,
};

/** The hour around now, and more. */
export function lately(): { readonly from: number; readonly to: number } {
  const now = Date.now();
  return { from: now - 3_600_000, to: now + 60_000 };
}
