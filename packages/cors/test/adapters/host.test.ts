import { channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AdapterOptions } from "../../src/adapters/adapter-options.ts";
import { type AnswerRequest, enforceOf, host } from "../../src/adapters/host.ts";
import { definePolicy, type RequestFacts } from "../../src/index.ts";

const policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
const facts: RequestFacts = { method: "GET", origin: "https://app.example.com" };

/** A host that registers nothing but the answer to a request. */
function answerBy(options: AdapterOptions): AnswerRequest {
  return enforceOf(host((answer) => answer))(policy, options);
}

afterEach(() => vi.restoreAllMocks());

describe("deciding a request", () => {
  test("S100: makes no record where nothing observes", () => {
    const clock = vi.spyOn(Date, "now");
    const published = vi.spyOn(channel("corsmith.decision"), "publish");
    // Read only to make a record.
    const url = vi.fn(() => "/");
    const request = Object.defineProperty({ rawHeaders: [] }, "url", { get: url });
    const answer = answerBy({})(facts, { request });
    expect(answer).toMatchObject({ headers: [["Access-Control-Allow-Origin", facts.origin]] });
    expect(clock).not.toHaveBeenCalled();
    expect(published).not.toHaveBeenCalled();
    expect(url).not.toHaveBeenCalled();
  });

  test("S100: makes one record for all that observe", () => {
    const records: unknown[] = [];
    const listener = (message: unknown): void => void records.push(message);
    subscribe("corsmith.decision", listener);
    try {
      answerBy({ onDecision: (record) => records.push(record) })(facts, { request: { rawHeaders: [] } });
    } finally {
      unsubscribe("corsmith.decision", listener);
    }
    expect(records).toHaveLength(2);
    expect(records[0]).toBe(records[1]);
  });
});
