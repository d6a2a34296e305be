import { channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, describe, expect, it, vi } from "vitest";
import { adapterReports } from "../../src/adapters/adapter-options.ts";
import { decideRequest } from "../../src/adapters/decide-request.ts";
import { definePolicy, type RequestFacts } from "../../src/index.ts";

const policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
const facts: RequestFacts = { method: "GET", origin: "https://app.example.com" };

afterEach(() => vi.restoreAllMocks());

describe("deciding a request", () => {
  it("S100: makes no event where nobody watches", () => {
    const clock = vi.spyOn(Date, "now");
    const published = vi.spyOn(channel("corsmith.decision"), "publish");
    // Read only to make an event.
    const url = vi.fn(() => "/");
    const request = Object.defineProperty({ rawHeaders: [] }, "url", { get: url });
    const decision = decideRequest(policy, facts, adapterReports({}), { request });
    expect(decision).toMatchObject({ reason: "allowed" });
    expect(clock).not.toHaveBeenCalled();
    expect(published).not.toHaveBeenCalled();
    expect(url).not.toHaveBeenCalled();
  });

  it("S100: makes one event for all who watch", () => {
    const heard: unknown[] = [];
    const listener = (message: unknown): void => void heard.push(message);
    subscribe("corsmith.decision", listener);
    try {
      decideRequest(policy, facts, adapterReports({ onDecision: (event) => heard.push(event) }), {
        request: { rawHeaders: [] },
      });
    } finally {
      unsubscribe("corsmith.decision", listener);
    }
    expect(heard).toHaveLength(2);
    expect(heard[0]).toBe(heard[1]);
  });
});
