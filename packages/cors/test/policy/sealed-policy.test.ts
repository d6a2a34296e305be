import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPolicy, decide, definePolicy, type Policy, type PolicyInput } from "../../src/index.ts";
import { restorePolicy, sealPolicy } from "../../src/policy/sealed-policy.ts";
import { policies, requestMaker } from "../properties/arbitraries.ts";

const app = "https://app.example.com";
const page: PolicyInput = {
  allowOrigins: [
    app,
    "https://*.example.org",
    "http://localhost:*",
    "https://*.example.net:*",
    "https://pr-*.preview.example.org",
    "http://*--shop.example.net:8080",
    "https://a*b.example.com:*",
    "capacitor://localhost",
  ],
  allowMethods: ["PUT"],
  allowHeaders: ["x-a"],
  exposeHeaders: ["x-b"],
  maxAge: 60,
};

/** Through JSON, as it lies in a file. */
function throughFile(policy: Policy): unknown {
  return JSON.parse(JSON.stringify(sealPolicy(policy)));
}

describe("a sealed policy", () => {
  it.each<readonly [string, PolicyInput]>([
    ["origins of every kind", page],
    ["any origin", { allowOrigins: "*", allowMethods: "*", allowHeaders: ["*", "authorization"] }],
    ["an address", { allowOrigins: ["http://[::1]:3000", "http://127.0.0.1:*"] }],
    ["null, on purpose", { allowOrigins: "null", dangerously: { allowNullOrigin: true } }],
    ["a preset", { preset: "development" }],
    [
      "protection and another status",
      { allowOrigins: app, crossOriginProtection: true, preflightStatus: 200, maxAge: 0 },
    ],
  ])("with %s is restored as it was", (_, input) => {
    const policy = definePolicy(input);
    const restored = restorePolicy(throughFile(policy));
    expect(restored).toEqual(policy);
    expect(JSON.stringify(restored)).toBe(JSON.stringify(policy));
    expect(Object.isFrozen(restored)).toBe(true);
  });

  it("decides every request as the policy that was sealed", () => {
    fc.assert(
      fc.property(policies, fc.integer(), (input, seed) => {
        const { originLookup: _code, ...plain } = input;
        if (checkPolicy(plain).some(({ severity }) => severity === "error")) return;
        const policy = definePolicy(plain);
        const restored = restorePolicy(throughFile(policy));
        const next = requestMaker(seed, plain);
        for (let round = 0; round < 20; round += 1) {
          const asked = next();
          expect(decide(restored, asked)).toEqual(decide(policy, asked));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused after every edit of one character", () => {
    const { policy, seal } = sealPolicy(definePolicy(page));
    const text = JSON.stringify(policy);
    let refused = 0;
    for (let at = 0; at < text.length; at += 1) {
      for (const other of ["a", "b", "*", ".", "1", "0", "-"]) {
        const edited = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        if (edited === text || !isJson(edited)) continue;
        expect(() => restorePolicy({ policy: JSON.parse(edited), seal }), edited).toThrow(TypeError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  const sealed = sealPolicy(definePolicy(page));
  it.each<readonly [string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "policy"],
    ["a policy without its seal", { policy: sealed.policy }],
    ["a policy file", sealed.policy],
    ["a seal of another version", { policy: sealed.policy, seal: sealed.seal.replace("2-", "1-") }],
    ["a key more", { policy: { ...sealed.policy, allowCredential: true }, seal: sealed.seal }],
    [
      "any origin with credentials, by hand",
      { policy: { allowOrigins: ["*"], allowCredentials: true }, seal: sealed.seal },
    ],
    [
      "two origins in the other order",
      { policy: { ...sealed.policy, allowOrigins: sealed.policy.allowOrigins.toReversed() }, seal: sealed.seal },
    ],
  ])("%s is not restored", (_, value) => {
    expect(() => restorePolicy(value)).toThrow(/not as it was sealed/);
  });

  it("an originLookup cannot be sealed, for it is code", () => {
    const policy = definePolicy({ originLookup: { find: () => true } });
    expect(() => sealPolicy(policy)).toThrow(/cannot be sealed/);
  });

  it("what was not checked cannot be sealed", () => {
    const input = { allowOrigins: ["*"], allowCredentials: true } as unknown as Policy;
    expect(() => sealPolicy(input)).toThrow(TypeError);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
