import { describe, expect, it } from "vitest";
import { adapterReports } from "../../src/adapters/adapter-options.ts";
import { decideRequest } from "../../src/adapters/decide-request.ts";
import { decideWithLookup } from "../../src/decide/decide-with-lookup.ts";
import { definePolicy, type RequestFacts } from "../../src/index.ts";

const policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
const facts: RequestFacts = { method: "GET", origin: "https://app.example.com" };
const calls = 50_000;

/** Microseconds a call, in the fastest of many rounds: what else runs on the machine can only add to it. */
function fastest(call: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round += 1) {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call();
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1000) / calls;
}

describe("watching that nobody does", () => {
  it("S100: costs less than a twentieth of a microsecond a request, and makes no event", () => {
    const reports = adapterReports({});
    const bare = fastest(() => decideWithLookup(policy, facts));
    const unwatched = fastest(() => decideRequest(policy, facts, reports, "/orders"));
    const watched = fastest(() => decideRequest(policy, facts, { ...reports, onDecision: () => {} }, "/orders"));
    console.info(
      `a decision: ${bare.toFixed(3)} us; through decideRequest, unwatched: ${unwatched.toFixed(3)} us; watched: ${watched.toFixed(3)} us`,
    );
    expect(unwatched - bare).toBeLessThan(0.05);
    expect(watched).toBeGreaterThan(unwatched);
  });
});
