import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effort } from "../../../../tests/support/effort.ts";
import {
  checkPolicy,
  decide,
  definePolicy,
  type Policy,
  type PolicyInput,
  type RequestFacts,
  respond,
} from "../../src/index.ts";
import { policies, requestMaker } from "./arbitraries.ts";
import { naiveAnswer } from "./naive-policy.ts";

/** 2,000 policies with 500 requests each are a million pairs; the short form tries a tenth of them. */
const policiesTried = effort(2_000);
const requestsEach = 500;

function answer(policy: Policy, request: RequestFacts) {
  const { status, headers, vary } = respond(decide(policy, request));
  const flat = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { status, headers: vary === undefined ? flat : { ...flat, vary } };
}

describe("the engine, on generated pairs of policy and request", () => {
  test("S107: answers as the naive reference does, and never throws", { timeout: 300_000 }, () => {
    let pairs = 0;
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 2 ** 31 }), (input, seed) => {
        const policy = definePolicy(input);
        const next = requestMaker(seed, input);
        for (let index = 0; index < requestsEach; index += 1) {
          const request = next();
          compare(policy, input, request);
          const { reason } = decide(policy, request);
          seen.set(reason, (seen.get(reason) ?? 0) + 1);
          pairs += 1;
        }
      }),
      policiesTried,
    );
    expect(pairs).toBe(policiesTried.numRuns * requestsEach);
    // The generator must reach every kind of decision, and often, or the agreement says little.
    for (const reason of [
      "not-cross-origin",
      "allowed",
      "origin-refused",
      "method-refused",
      "headers-refused",
      "malformed",
    ]) {
      expect(seen.get(reason), reason).toBeGreaterThan(pairs / 100);
    }
  });

  test("S106: an answer names no origin but * and the request's own, and never credentials with *", {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 2 ** 31 }), (input, seed) => {
        const policy = definePolicy(input);
        const next = requestMaker(seed, input);
        for (let index = 0; index < requestsEach; index += 1) {
          const request = next();
          checkLaws(request, answer(policy, request).headers);
        }
      }),
      policiesTried,
    );
  });
});

/** Written without matchers, which would cost more than what they compare; the matcher speaks only on a difference. */
function compare(policy: Policy, input: PolicyInput, request: RequestFacts): void {
  const ours = answer(policy, request);
  const theirs = naiveAnswer(input, request);
  const names = Object.keys(ours.headers);
  const same =
    ours.status === theirs.status &&
    names.length === Object.keys(theirs.headers).length &&
    names.every((name) => ours.headers[name] === theirs.headers[name]);
  if (!same) expect({ request, ...ours }).toEqual({ request, ...theirs });
}

function checkLaws(request: RequestFacts, headers: Readonly<Record<string, string | undefined>>): void {
  const allowOrigin = headers["access-control-allow-origin"];
  const lawful =
    allowOrigin === undefined ||
    allowOrigin === "*" ||
    (typeof request.origin === "string" && allowOrigin === request.origin);
  if (!lawful) expect({ request, allowOrigin }).toBe("an answer with * or the request's own origin");
  if (allowOrigin === "*" || allowOrigin === undefined) {
    if (headers["access-control-allow-credentials"] !== undefined)
      expect(headers).toBe("an answer without credentials");
  }
  for (const value of Object.values(headers)) {
    if (value !== undefined && /[^\x20-\x7e]/.test(value)) expect(value).toBe("printable ASCII");
  }
}

describe("the check, on arbitrary input", () => {
  test("S88: never throws, and what it passes can be built, read back and built again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withBigInt: true, withSparseArray: true }), policies), (input) => {
        const findings = checkPolicy(input);
        if (findings.some((finding) => finding.severity === "error")) return;
        const policy = definePolicy(input as PolicyInput);
        expect(JSON.stringify(definePolicy(JSON.parse(JSON.stringify(policy))))).toBe(JSON.stringify(policy));
      }),
      effort(50_000),
    );
  });

  test("a corrected origin that is offered as the fix is itself accepted", () => {
    const text = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.domain(),
      fc.webAuthority(),
      fc.stringMatching(/^(https?:\/\/)?[*a-zA-Z.:/@ -]{1,30}$/),
    );
    fc.assert(
      fc.property(text, (value) => {
        for (const finding of checkPolicy({ allowOrigins: value })) {
          if (!/^[a-z][a-z\d+.-]*:\/\/\S+$/.test(finding.fix)) continue;
          expect(checkPolicy({ allowOrigins: finding.fix }).map((again) => again.code)).not.toContain(finding.code);
        }
      }),
      effort(100_000),
    );
  });
});
