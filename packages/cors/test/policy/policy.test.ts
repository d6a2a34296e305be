import { describe, expect, test, vi } from "vitest";
import { cors, enforce } from "../../src/adapters/fetch.ts";
import { decide, definePolicy, isPolicy, isPolicyError, type Policy, type PolicyInput } from "../../src/index.ts";
import { compiled } from "../../src/policy/policy.ts";

const app = "https://app.example.com";
const request = { method: "GET", origin: app };

/** The library once more, as a second copy or the other format of it is loaded. */
async function otherCopy(): Promise<typeof import("../../src/index.ts")> {
  vi.resetModules();
  return import("../../src/index.ts");
}

/** A policy as a version of the library makes it that compiles otherwise. */
function ofOtherVersion(input: PolicyInput): Policy {
  const { ...keys } = definePolicy(input);
  Object.defineProperty(keys, Symbol.for("@corsmith/cors/policy@0"), { value: { unlike: "ours" } });
  return Object.freeze(keys);
}

async function allowedBy(handle: (request: Request) => Response | Promise<Response>): Promise<string | null> {
  const response = await handle(new Request("https://api.example.com/", { headers: { origin: app } }));
  return response.headers.get("access-control-allow-origin");
}

describe("a policy of another copy of the library", () => {
  test("is a policy here", async () => {
    const other = await otherCopy();
    expect(other.definePolicy).not.toBe(definePolicy);
    const policy = other.definePolicy({ allowOrigins: app });
    expect(isPolicy(policy)).toBe(true);
    expect(decide(policy, request).reason).toBe("allowed");
    expect(await allowedBy(enforce(policy)(() => new Response()))).toBe(app);
  });

  test("that has a mistake throws what isPolicyError knows here", async () => {
    const { definePolicy: defineThere } = await otherCopy();
    expect.assertions(1);
    try {
      defineThere({ allowOrigins: "https://app.example.com/" });
    } catch (error) {
      expect(isPolicyError(error)).toBe(true);
    }
  });
});

describe("a policy of a version that compiles otherwise", () => {
  test("is made anew by cors and by definePolicy", async () => {
    const policy = ofOtherVersion({ allowOrigins: app });
    expect(isPolicy(policy)).toBe(false);
    expect(await allowedBy(cors(policy)(() => new Response()))).toBe(app);
    expect(decide(definePolicy(policy), request).reason).toBe("allowed");
  });

  test("keeps its originLookup", async () => {
    const policy = ofOtherVersion({ originLookup: { find: (origin) => origin === app, cacheSeconds: 0 } });
    expect(await allowedBy(cors(policy)(() => new Response()))).toBe(app);
  });

  test("is checked again: what this version refuses stays refused", () => {
    const policy = { ...ofOtherVersion({ allowOrigins: app }), allowOrigins: ["*"], allowCredentials: true };
    Object.defineProperty(policy, Symbol.for("@corsmith/cors/policy@0"), { value: {} });
    expect(() => cors(policy)).toThrow(/The CORS policy has a mistake/);
  });

  test.each<readonly [string, (policy: Policy) => unknown]>([
    ["decide", (policy) => decide(policy, request)],
    ["enforce, which carries no checks", (policy) => enforce(policy)],
  ])("is refused by %s, with what to write", (_, use) => {
    expect(() => use(ofOtherVersion({ allowOrigins: app }))).toThrow(
      new TypeError("This is not a policy of this version of @corsmith/cors: use definePolicy."),
    );
  });
});

test.each<readonly [string, unknown]>([
  ["an input", { allowOrigins: ["*"] }],
  ["a policy through JSON", JSON.parse(JSON.stringify(definePolicy({ allowOrigins: "*" })))],
  ["nothing in it", {}],
])("what is no policy is refused by decide and enforce: %s", (_, value) => {
  const expected = /^This is not a policy of this version of @corsmith\/cors:/;
  expect(() => decide(value as Policy, request)).toThrow(expected);
  expect(() => enforce(value as Policy)).toThrow(expected);
});

test("what a policy is compiled to has the shape of version 1; another shape needs the next number in policy.ts", () => {
  const terms = definePolicy({ allowOrigins: app, originLookup: { find: () => false } })[compiled];
  expect(compiled.description).toBe("@corsmith/cors/policy@1");
  const shape = Object.entries(terms).map(([key, value]) =>
    typeof value === "object" && value !== null ? `${key}: ${Object.keys(value).join(", ")}` : key,
  );
  expect(shape.toSorted()).toEqual([
    "allowCredentials",
    "allowHeadersValue",
    "allowMethodsValue",
    "anyHeader",
    "anyMethod",
    "anyOrigin",
    "exposeHeadersValue",
    "headers: has",
    "lookup: ask",
    "matcher: match",
    "maxAgeValue",
    "methods: has",
    "preflightStatus",
    "protection",
    "varyActual",
    "varyPreflight",
  ]);
});
