import { describe, expect, it } from "vitest";
import { checkPolicy, decide, definePolicy, sdkExposedHeaders, sdkHeaders, sdkHeadersDate } from "../../src/index.ts";

const app = "https://app.example.com";
type Named = readonly [name: string, names: readonly string[]];
const lists: readonly Named[] = Object.entries(sdkHeaders);
const exposed: readonly Named[] = Object.entries(sdkExposedHeaders);

describe("the headers of SDKs", () => {
  it.each(lists)(
    "those of %s can stand in a policy as they are, and pass a preflight that asks for all of them",
    (_, names) => {
      const policy = definePolicy({ allowOrigins: [app], allowHeaders: [...names] });
      expect(policy.allowHeaders).toEqual(names);
      const asked = { method: "OPTIONS", origin: app, requestMethod: "POST", requestHeaders: names.join(",") };
      expect(decide(policy, asked).reason).toBe("allowed");
    },
  );

  it.each(exposed)("what %s reads can be exposed, also with credentials", (_, names) => {
    expect(checkPolicy({ allowOrigins: [app], allowCredentials: true, exposeHeaders: [...names] })).toEqual([]);
    expect(definePolicy({ allowOrigins: [app], exposeHeaders: [...names] }).exposeHeaders).toEqual(names);
  });

  it("all lists together are one policy without findings", () => {
    const all = lists.flatMap(([, names]) => names);
    expect(checkPolicy({ allowOrigins: [app], allowHeaders: all })).toEqual([]);
    expect(definePolicy({ allowOrigins: [app], allowHeaders: all }).allowHeaders.length).toBe(new Set(all).size);
  });

  it.each([...lists, ...exposed])(
    "the list of %s is sorted or as its source has it, in lower case, each name once",
    (_, names) => {
      expect(names.every((name) => /^[a-z][a-z-]*$/.test(name))).toBe(true);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThan(1);
    },
  );

  it.each([
    ["sentry", "sentry-trace"],
    ["sentry", "baggage"],
    ["openTelemetry", "tracestate"],
    ["mcp", "mcp-session-id"],
    ["mcp", "mcp-protocol-version"],
    ["mcp", "mcp-method"],
    ["mcp", "last-event-id"],
    ["tus", "upload-offset"],
    ["tus", "upload-defer-length"],
    ["apollo", "apollo-require-preflight"],
    ["apollo", "x-apollo-operation-name"],
    ["supabaseJs", "apikey"],
    ["supabaseJs", "x-client-info"],
  ] as const)("%s has %s", (sdk, name) => {
    expect(sdkHeaders[sdk]).toContain(name);
  });

  it("nothing in them can be changed by one user for another", () => {
    expect(Object.isFrozen(sdkHeaders) && Object.isFrozen(sdkExposedHeaders)).toBe(true);
    expect([...lists, ...exposed].every(([, names]) => Object.isFrozen(names))).toBe(true);
  });

  it("the day of the last comparison is known", () => {
    expect(sdkHeadersDate).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});
