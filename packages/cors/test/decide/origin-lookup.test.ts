import { describe, expect, it, vi } from "vitest";
import { decideWithLookup, definePolicy, type OriginLookup } from "../../src/index.ts";

const tenant = "https://tenant.example";
const never = new Promise<boolean>(() => {});

async function ask(lookup: OriginLookup, origin = tenant) {
  return decideWithLookup(definePolicy({ originLookup: lookup }), { method: "GET", origin });
}

describe("an origin lookup", () => {
  it("S24: a yes allows, with Vary: Origin", async () => {
    expect(await ask({ find: async () => true })).toMatchObject({
      reason: "allowed",
      allowOrigin: tenant,
      vary: "Origin",
    });
  });

  it.each<readonly [string, OriginLookup, string]>([
    ["a no", { find: async () => false }, "origin-refused"],
    [
      "a throw",
      {
        find: () => {
          throw new Error("down");
        },
      },
      "origin-lookup-failed",
    ],
    ["a rejection", { find: async () => Promise.reject(new Error("down")) }, "origin-lookup-failed"],
    ["a time-out", { find: () => never, timeoutMs: 10 }, "origin-lookup-failed"],
  ])("S24: %s fails closed, with Vary: Origin", async (_, lookup, reason) => {
    expect(await ask(lookup)).toMatchObject({ reason, allowOrigin: undefined, vary: "Origin" });
  });

  it.each([
    ["another origin", "https://else.example"],
    ["the same origin", tenant],
    ["a row", { id: 1 }],
    ["a count", 1],
    ["nothing", undefined],
  ])("S26: %s instead of true is a no", async (_, value) => {
    const find = (async () => value) as unknown as OriginLookup["find"];
    expect(await ask({ find })).toMatchObject({ reason: "origin-refused", allowOrigin: undefined });
  });

  it("is aborted when its time is over", async () => {
    const aborted = vi.fn();
    await ask({
      find: (_origin, signal) => {
        signal.addEventListener("abort", aborted);
        return never;
      },
      timeoutMs: 5,
    });
    expect(aborted).toHaveBeenCalledOnce();
  });

  it.each(["null", "not an origin", "https://a.example/", `https://${"a".repeat(400)}.example`])(
    "is never asked about %s",
    async (origin) => {
      const find = vi.fn(async () => true);
      expect(await ask({ find }, origin)).toMatchObject({ allowOrigin: undefined });
      expect(find).not.toHaveBeenCalled();
    },
  );

  it("is not asked about what the policy itself allows, and the answer is then synchronous", () => {
    const find = vi.fn(async () => true);
    const policy = definePolicy({ allowOrigins: [tenant], originLookup: { find } });
    expect(decideWithLookup(policy, { method: "GET", origin: tenant })).toMatchObject({ reason: "allowed" });
    expect(find).not.toHaveBeenCalled();
  });

  it("keeps an answer for its time, and asks once for many at the same time", async () => {
    const find = vi.fn(async () => true);
    const policy = definePolicy({ originLookup: { find, cacheSeconds: 60 } });
    const request = { method: "GET", origin: tenant };
    await Promise.all([decideWithLookup(policy, request), decideWithLookup(policy, request)]);
    expect(decideWithLookup(policy, request)).toMatchObject({ reason: "allowed" });
    expect(find).toHaveBeenCalledOnce();
  });

  it("keeps nothing where it is told so, and never a failure", async () => {
    const find = vi.fn(async () => true);
    const policy = definePolicy({ originLookup: { find, cacheSeconds: 0 } });
    await decideWithLookup(policy, { method: "GET", origin: tenant });
    await decideWithLookup(policy, { method: "GET", origin: tenant });
    expect(find).toHaveBeenCalledTimes(2);

    const flaky = vi.fn<OriginLookup["find"]>(async () => true).mockRejectedValueOnce(new Error("down"));
    const recovering = definePolicy({ originLookup: { find: flaky } });
    expect(await decideWithLookup(recovering, { method: "GET", origin: tenant })).toMatchObject({
      reason: "origin-lookup-failed",
    });
    expect(await decideWithLookup(recovering, { method: "GET", origin: tenant })).toMatchObject({ reason: "allowed" });
  });

  it("has at most a thousand questions open, and the rest fail closed", async () => {
    const policy = definePolicy({ originLookup: { find: () => never, timeoutMs: 200 } });
    const decisions = Array.from({ length: 1500 }, (_, index) =>
      decideWithLookup(policy, { method: "GET", origin: `https://t${index}.example` }),
    );
    expect(decisions.filter((decision) => !(decision instanceof Promise))).toHaveLength(500);
    const settled = await Promise.all(decisions);
    expect(new Set(settled.map((decision) => decision.reason))).toEqual(new Set(["origin-lookup-failed"]));
  });
});
