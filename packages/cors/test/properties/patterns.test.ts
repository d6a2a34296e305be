import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effort } from "../../../../tests/support/effort.ts";
import { checkPolicy, decide, definePolicy, type PolicyInput } from "../../src/index.ts";
import { restorePolicy, sealPolicy } from "../../src/policy/sealed-policy.ts";
import { drawFrom } from "./arbitraries.ts";
import { entryMatches } from "./naive-policy.ts";

/** Few letters, so that beginnings and ends overlap: `a*a` and `a`, `-*` and `--`. */
const bit = fc.stringMatching(/^[ab_-]{0,3}$/);
const label = fc.tuple(bit, fc.constantFrom("*", "*", "a", ""), bit).map((parts) => parts.join(""));
const pattern = fc
  .tuple(
    fc.constantFrom("https", "http"),
    label,
    fc.constantFrom("a.example", "b.a.example", "example", "localhost", "a--b.example"),
    fc.constantFrom("", ":81", ":*"),
  )
  .map(([scheme, first, host, port]) => `${scheme}://${first === "" ? "" : `${first}.`}${host}${port}`)
  .filter((entry) => checkPolicy({ allowOrigins: entry }).length === 0);

const letters = [..."ab_-01", "aa", "--", ".", ".a", "A", "ä", "*", "%61", "xn--", ""];

/** An origin near one of the entries: its stars filled, and now and then a letter changed. */
function originsNear(entries: readonly string[], seed: number): readonly string[] {
  const { below, pick } = drawFrom(seed);
  return Array.from({ length: 100 }, () => {
    const rest = Array.from({ length: 1 + below(3) }, () => pick(letters)).join("");
    const origin = pick(entries)
      .replace(/:\*$/, pick(["", ":1", ":81", ":443"]))
      .replace("*", rest);
    const at = "https://".length + below(origin.length);
    const kind = below(4);
    if (kind === 0) return `${origin.slice(0, at)}${pick(letters)}${origin.slice(at)}`;
    return kind === 1 ? `${origin.slice(0, at)}${pick(letters)}${origin.slice(at + 1)}` : origin;
  });
}

describe("patterns", () => {
  test("cover what the plainest reading of them covers, and so do those of a sealed policy", () => {
    let tried = 0;
    let covered = 0;
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 12 }), fc.integer(), (allowOrigins, seed) => {
        const policy = definePolicy({ allowOrigins });
        const restored = restorePolicy(sealPolicy(policy));
        for (const origin of originsNear(allowOrigins, seed)) {
          const expected = allowOrigins.some((entry) => entryMatches(entry, origin));
          const found = [policy, restored].map((each) => decide(each, { method: "GET", origin }).reason === "allowed");
          expect(found, `${origin} under ${allowOrigins.join(" ")}`).toEqual([expected, expected]);
          tried += 1;
          if (expected) covered += 1;
        }
      }),
      effort(20_000),
    );
    expect(covered / tried).toBeGreaterThan(0.2);
    expect(covered / tried).toBeLessThan(0.8);
    console.log(`${tried} origins, ${covered} covered`);
  }, 300_000);
});

/** Places where a mistake is likely, in texts that are nearly entries. */
const nearlyOrigin = fc
  .tuple(
    fc.constantFrom(
      "https://",
      "http://",
      "HTTPS://",
      "",
      "//",
      "wss://",
      "file://",
      "chrome-extension://",
      "http*://",
    ),
    fc.constantFrom("", "", "*.", "*", "pr-*.", "*-x.", "*.*.", "a.*.", "PR-*.", "xn--*.", "bü*."),
    fc.constantFrom(
      "app.example.com",
      "example.com",
      "vercel.app",
      "eu-west-1.amazonaws.com",
      "amazonaws.com",
      "com",
      "co.uk",
      "localhost",
      "192.168.0.1",
      "127.1",
      "192.168.*",
      "[::1]",
      "Bücher.example",
      "null",
      "",
      "app.example.com.",
    ),
    fc.constantFrom("", ":*", ":80", ":443", ":8443", ":0", ":"),
    fc.constantFrom("", "", "/", "/app", "?q", " ", ",https://b.example", ", *"),
  )
  .map((parts) => parts.join(""));
const entries = fc.oneof(
  { weight: 6, arbitrary: nearlyOrigin },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("*", "null", /x/, new URL("http://app.example.com/x"), 7) },
);
const inputs = fc.record(
  {
    allowOrigins: fc.oneof(entries, fc.array(entries, { maxLength: 3 })),
    allowCredentials: fc.constantFrom<unknown>(true, true, false, "true"),
    allowMethods: fc.array(fc.constantFrom("PUT", "patch", "CONNECT", "*", "PUT, DELETE", "P UT", ""), {
      maxLength: 2,
    }),
    allowHeaders: fc.array(fc.constantFrom("x-a", "*", "Cookie", "x-a, x-b", "access-control-allow-origin"), {
      maxLength: 2,
    }),
    exposeHeaders: fc.array(fc.constantFrom("etag", "*", "set-cookie", "a b"), { maxLength: 2 }),
    maxAge: fc.constantFrom<unknown>(600, "600", -1, 1e9, 1.5, "x"),
    preflightStatus: fc.constantFrom<unknown>(204, 200, 201),
    allowOrigin: fc.constant("https://a.example"),
  },
  { requiredKeys: ["allowOrigins"] },
);

describe("what a finding proposes", () => {
  test("is taken: the value in the place of the wrong one has no finding any more, in the same policy", () => {
    let applied = 0;
    fc.assert(
      fc.property(inputs, (input) => {
        for (const finding of checkPolicy(input)) {
          const fix = readValue(finding.fix);
          if (fix === undefined || finding.code === "key-unknown") continue;
          applied += 1;
          const [, key = "", index] = /^(\w+)(?:\[(\d+)\])?/.exec(finding.path) ?? [];
          const mended = { ...input, [key]: fix };
          const alone = { allowOrigins: "https://any.example", allowCredentials: input.allowCredentials === true };
          const findings = checkPolicy({ ...alone, [key]: fix });
          const inPlace = index === undefined ? checkPolicy(mended).filter(({ path }) => path === finding.path) : [];
          expect(
            [...findings, ...inPlace].map(({ code, value }) => [code, value]),
            JSON.stringify([input, finding]),
          ).toEqual([]);
        }
      }),
      effort(100_000),
    );
    expect(applied).toBeGreaterThan(1000);
    console.log(`${applied} proposals were taken`);
  }, 300_000);

  test("is right in its words too: every origin that is named in one can be written, and every switch opens", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const { fix, code } of checkPolicy(input)) {
          const allowCredentials = input.allowCredentials === true;
          const named = [...fix.matchAll(/"([a-z][a-z\d+.-]*:\/\/[^"/]+)"/g)].map(([, origin]) => origin);
          for (const origin of named) {
            // An example of a development machine is not one for credentials.
            const policy = { allowOrigins: origin, allowCredentials: allowCredentials && !origin?.startsWith("http:") };
            expect(checkPolicy(policy), `${code}: ${fix}`).toEqual([]);
          }
        }
      }),
      effort(20_000),
    );
  });

  test.each<readonly [string, PolicyInput]>([
    ["https://*.vercel.app", {}],
    ["https://*-team.vercel.app", {}],
    ["https://*.amazonaws.com", {}],
    ["http://*-team.vercel.app:*", { allowCredentials: true }],
  ])("%s: the switches that are named open it, and nothing else is in the way", (allowOrigins, policy) => {
    const input = { ...policy, allowOrigins };
    const switches = checkPolicy(input).flatMap(({ fix }) => /dangerously\.(\w+)/.exec(fix)?.[1] ?? []);
    const more = { allowInsecureOrigins: true, allowAnyPortWithCredentials: true };
    const dangerously = { ...more, ...Object.fromEntries(switches.map((name) => [name, true])) };
    expect(switches.length).toBeGreaterThan(0);
    expect(checkPolicy({ ...input, dangerously })).toEqual([]);
  });
});

/** The value that a fix is, if it is one and not a sentence. */
function readValue(fix: string): unknown {
  if (/^[a-z][a-z\d+.-]*:\/\/\S+$/.test(fix) || /^[A-Z]+$/.test(fix)) return fix;
  if (/^(?:\[|\d+$|"[^"]*"$|true$|false$)/.test(fix)) return JSON.parse(fix);
  return undefined;
}
