import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readExpression } from "../../src/from/read-expression.ts";
import { checkPolicy, decide, definePolicy } from "../../src/index.ts";

describe("reading an expression", () => {
  it.each<readonly [RegExp, readonly string[]]>([
    [/^https:\/\/app\.example\.com$/, ["https://app.example.com"]],
    [/^https?:\/\/app\.example\.com$/, ["http://app.example.com", "https://app.example.com"]],
    [/^https:\/\/([a-z0-9_-]+\.)*example\.com$/, ["https://example.com", "https://*.example.com"]],
    [/^https:\/\/[\w.-]+\.example\.com$/, ["https://*.example.com"]],
    [/^https:\/\/pr-[\w-]+\.example\.com$/, ["https://pr-*.example.com"]],
    [/^https:\/\/pr-[\w-]*\.example\.com$/, ["https://pr-.example.com", "https://pr-*.example.com"]],
    [/^https:\/\/[^.]+--shop\.example\.net(:\d+)?$/, ["https://*--shop.example.net:*"]],
    [/^https:\/\/pr-.+\.example\.com$/, ["https://pr-*.example.com"]],
    [/^https:\/\/(a|b)-[^.]+?\.example\.com$/, ["https://a-*.example.com", "https://b-*.example.com"]],
    [/^https:\/\/(?:[\w-]+\.)+example\.com$/, ["https://*.example.com"]],
    [/^https:\/\/(.*\.)?example\.com$/, ["https://example.com", "https://*.example.com"]],
    [/^https:\/\/.+\.example\.com$/, ["https://*.example.com"]],
    [
      /^https:\/\/(app|admin)\.example\.(com|org)$/,
      ["https://app.example.com", "https://app.example.org", "https://admin.example.com", "https://admin.example.org"],
    ],
    [/^https:\/\/a\.example$|^https:\/\/b\.example$/, ["https://a.example", "https://b.example"]],
    [/^http:\/\/localhost(:\d+)?$/, ["http://localhost:*"]],
    [/^http:\/\/localhost:300[0-2]$/, ["http://localhost:3000", "http://localhost:3001", "http://localhost:3002"]],
    [/^HTTPS:\/\/APP\.EXAMPLE\.COM$/i, ["https://app.example.com"]],
    [/^https:\/\/app\.example\.com\/?$/, ["https://app.example.com"]],
    [/^(?<scheme>https?):\/\/app\.example$/, ["http://app.example", "https://app.example"]],
    [/^https:\/\/app\.example\.com$/gy, ["https://app.example.com"]],
  ])("%s stands for its entries", (expression, entries) => {
    expect(readExpression(expression)).toEqual({ kind: "read", entries });
  });

  it.each<readonly [RegExp, string, readonly string[] | undefined, string | undefined]>([
    [/example\.com$/, "unanchored", ["https://example.com", "https://*.example.com"], "https://evilexample.com"],
    [/\.example\.com$/, "unanchored", ["https://*.example.com"], undefined],
    [/^https:\/\/app\.example\.com/, "unanchored", ["https://app.example.com"], "https://app.example.com.evil.example"],
    [/localhost/, "unanchored", ["http://localhost"], "https://localhost.evil.example"],
    [
      /localhost\.evil\.example$/,
      "unanchored",
      ["https://localhost.evil.example", "https://*.localhost.evil.example"],
      "https://evillocalhost.evil.example",
    ],
    [/.*/, "unanchored", undefined, "https://evil.example"],
    [
      /^https:\/\/a\.example\.com$|b\.example\.com/,
      "unanchored",
      ["https://b.example.com", "https://*.b.example.com"],
      "https://b.example.com.evil.example",
    ],
    [/^https:\/\/app.example.com$/, "ambiguous", ["https://app.example.com"], "https://appxexample.com"],
    [/^https:\/\/.*example\.com$/, "ambiguous", undefined, "https://evilexample.com"],
  ])("%s is %s", (expression, kind, entries, unintended) => {
    expect(readExpression(expression)).toEqual({ kind, entries, unintended });
    if (unintended !== undefined) expect(expression.test(unintended)).toBe(true);
  });

  it.each<readonly [RegExp, string, string]>([
    [/^https:\/\/([a-z0-9-]+\.)*example\.com$/, "names without underscores", "https://x_y.example.com"],
    [/^https:\/\/[a-z0-9-]+\.example\.com$/, "one level of subdomains", "https://a.b.example.com"],
    [/^https:\/\/[^.]+\.example\.com$/, "one level of whatever", "https://a.b.example.com"],
    [/^https:\/\/([a-z]+\.)*example\.com$/, "letters only", "https://x_y.example.com"],
    [/^https:\/\/pr-[a-z0-9-]+\.example\.com$/, "a part without underscores", "https://pr-x_y.example.com"],
    [/^https:\/\/preview-\d+\.example\.com$/, "a part of digits", "https://preview-a.example.com"],
    [/^https:\/\/app-[a-z0-9]{9}-team\.example\.com$/, "nine letters", "https://app-a-team.example.com"],
    [/^http:\/\/localhost:\d+$/, "a port that must be there", "http://localhost"],
    [/^http:\/\/localhost(:\d{4})?$/, "ports of four digits", "http://localhost:1"],
  ])("%s, %s, is narrower than what an entry can say", (expression, _, beyond) => {
    expect(readExpression(expression)).toMatchObject({ kind: "narrower", beyond });
    expect(expression.test(beyond)).toBe(false);
  });

  it.each([
    /^https:\/\/a-\d+\.b-\d+\.example\.com$/,
    /^https:\/\/a[\w-]+b[\w-]+\.example\.com$/,
    /^https:\/\/app[\w-]+$/,
    /^https:\/\/[a-z0-9_a-f]+\.a\.+\.example\.com$/,
    /^https:\/\/(?!evil)[a-z]+\.example\.com$/,
    /^https:\/\/(?<=a)b\.example$/,
    /^https:\/\/(a)\1\.example$/,
    /^https:\/\/a{3}\.example$/,
    /^https:\/\/\p{L}\.example$/u,
    /^https:\/\/[\s\S]\.example$/,
    /^$/,
    new RegExp(["^https://(?<x>a)\\.example$", "^https://\\k<x>\\.example$"].join("|"), "u"),
    new RegExp(`^https://(${"a|".repeat(2_000)}b).example$`),
    /^(?:)$/,
    /^https:\/\/(a|b|c)(a|b|c)(a|b|c)(a|b|c)(a|b|c)\.example$/,
  ])("%s is not guessed", (expression) => {
    expect(readExpression(expression)).toEqual({ kind: "unreadable" });
  });

  it("does not move the state of an expression", () => {
    const expression = /^https:\/\/app\.example\.com$/g;
    expression.test("https://app.example.com");
    const before = expression.lastIndex;
    readExpression(expression);
    expect(expression.lastIndex).toBe(before);
  });

  it("what is read matches nothing that the expression does not, in 20,000 generated pairs", () => {
    const piece = fc.constantFrom(
      "^",
      "$",
      "https:\\/\\/",
      "https?:\\/\\/",
      "http:\\/\\/",
      "([a-z0-9-]+\\.)*",
      "(.*\\.)?",
      ".+\\.",
      "[a-z]+\\.",
      "app",
      "app\\.",
      "example\\.com",
      "example.com",
      "(?:a|b)\\.",
      "(:\\d+)?",
      ":\\d+",
      ":3000",
      "|",
      "?",
      "(",
      ")",
      "[0-3]",
      "(x|)",
      "\\.",
      "(?:[\\w-]+\\.)+",
      "[\\w-]+",
      "[a-z0-9-]*",
      "pr-",
      "[^.]+",
      "\\d{1,3}",
      "-x",
      "localhost",
      "(?!a)",
      "*",
    );
    const body = fc.array(piece, { minLength: 1, maxLength: 5 });
    const source = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
      body.map((parts) => `^https:\\/\\/${parts.join("")}$`),
      body.map((parts) => `^https?:\\/\\/(.*\\.)?${parts.join("")}(:\\d+)?$`),
    );
    const origin = fc
      .tuple(
        fc.constantFrom("https", "http"),
        fc.array(
          fc.constantFrom(
            "x_y",
            "pr-7",
            "pr-",
            "pr-a_b",
            "7-x",
            "a",
            "b",
            "app",
            "x-1",
            "example",
            "com",
            "localhost",
            "evil",
            "app3",
          ),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        fc.constantFrom("", "", "example.com", "localhost", "app.example.com"),
        fc.constantFrom("", ":1", ":3000", ":65535"),
      )
      .map(
        ([scheme, labels, tail, port]) => `${scheme}://${[...labels, ...(tail === "" ? [] : [tail])].join(".")}${port}`,
      );
    const options = { isPublicSuffix: () => false, publicSuffixBelow: () => undefined };
    let read = 0;
    fc.assert(
      fc.property(source, fc.array(origin, { minLength: 10, maxLength: 10 }), (text, origins) => {
        const expression = compile(text);
        if (expression === undefined) return;
        const reading = readExpression(expression);
        if (reading.kind !== "read") return;
        const usable = reading.entries.filter((entry) => checkPolicy({ allowOrigins: [entry] }, options).length === 0);
        if (usable.length === 0) return;
        read += 1;
        const policy = definePolicy({ allowOrigins: usable }, options);
        const samples = [
          ...origins,
          ...usable.flatMap((entry) =>
            ["q", "q.r", "q_r", "-", "7"].map((name) => entry.replace(":*", ":9").replace("*", name)),
          ),
        ];
        for (const sample of samples) {
          const allowed = decide(policy, { method: "GET", origin: sample }).allowOrigin !== undefined;
          expect(
            !allowed || expression.test(sample),
            `${text} was read as ${usable.join(" ")}, which lets in ${sample}`,
          ).toBe(true);
        }
      }),
      { numRuns: 20_000, seed: 20_261_123 },
    );
    expect(read).toBeGreaterThan(500);
  });
});

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
