import { describe, expect, test } from "vitest";
import { formatStep, type Header, openPage, sectionOf } from "../../../src/browser/index.ts";
import { scriptedServer } from "../scripted-server.ts";

const a = "https://a.example";
const b = "https://b.example/";
const origin = "Access-Control-Allow-Origin";
const credentials = "Access-Control-Allow-Credentials";

type Row = readonly [name: string, headers: readonly Header[], included: boolean, code: string | undefined];

const rows: readonly Row[] = [
  ["the origin", [[origin, a]], false, undefined],
  ["the origin with whitespace around it", [[origin, ` \t${a} `]], false, undefined],
  ["any origin", [[origin, "*"]], false, undefined],
  ["nothing", [], false, "missing-allow-origin"],
  ["the origin with a slash", [[origin, `${a}/`]], false, "allow-origin-mismatch"],
  ["the origin in upper case", [[origin, a.toUpperCase()]], false, "allow-origin-mismatch"],
  ["null for a page that has an origin", [[origin, "null"]], false, "allow-origin-mismatch"],
  ["another origin", [[origin, "https://c.example"]], false, "allow-origin-mismatch"],
  ["an empty value", [[origin, ""]], false, "invalid-allow-origin-value"],
  ["a host without a scheme", [[origin, "a.example"]], false, "invalid-allow-origin-value"],
  [
    "the origin on two lines",
    [
      [origin, a],
      [origin, a],
    ],
    false,
    "multiple-allow-origin-values",
  ],
  ["a list", [[origin, `${a}, https://c.example`]], false, "multiple-allow-origin-values"],
  [
    "* twice",
    [
      [origin, "*"],
      [origin, "*"],
    ],
    false,
    "multiple-allow-origin-values",
  ],
  [
    "the origin and true, with credentials",
    [
      [origin, a],
      [credentials, "true"],
    ],
    true,
    undefined,
  ],
  [
    "*, with credentials",
    [
      [origin, "*"],
      [credentials, "true"],
    ],
    true,
    "wildcard-origin-with-credentials",
  ],
  ["the origin alone, with credentials", [[origin, a]], true, "allow-credentials-not-true"],
  [
    "TRUE, with credentials",
    [
      [origin, a],
      [credentials, "TRUE"],
    ],
    true,
    "allow-credentials-not-true",
  ],
  [
    "true twice, with credentials",
    [
      [origin, a],
      [credentials, "true"],
      [credentials, "true"],
    ],
    true,
    "allow-credentials-not-true",
  ],
  [
    "a wrong word for credentials that are not sent",
    [
      [origin, a],
      [credentials, "no"],
    ],
    false,
    undefined,
  ],
];

describe("the answer says", () => {
  test.each(rows)("%s", async (_, headers, included, code) => {
    const page = openPage({ origin: a, transport: scriptedServer({ [b]: { headers } }).transport });
    const trace = await page.trace(b, included ? { credentials: "include" } : {});
    expect(trace.outcome === "error" ? trace.code : undefined).toBe(code);
  });

  test.each(rows)("%s, to a preflight", async (_, headers, included, code) => {
    const preflight = { headers: [...headers, ["Access-Control-Allow-Methods", "PUT"]] as const };
    const page = openPage({ origin: a, transport: scriptedServer({ [b]: { headers, preflight } }).transport });
    const trace = await page.trace(b, { method: "PUT", ...(included ? { credentials: "include" } : {}) });
    expect(trace.outcome === "error" ? trace.code : undefined).toBe(code && `preflight-${code}`);
  });
});

test("the failed step holds the value and what it must be, and is said in a sentence with a link to the rule", async () => {
  const headers = [[origin, "https://c.example"]] as const;
  const { steps } = await openPage({ origin: a, transport: scriptedServer({ [b]: { headers } }).transport }).trace(b);
  const step = steps.at(-1);
  expect(step).toEqual({
    step: "cors-check/allow-origin",
    result: "failed",
    code: "allow-origin-mismatch",
    facts: { header: origin, found: "https://c.example", lines: 1, expected: a, status: 200 },
    exchanges: 1,
  });
  if (step === undefined) return;
  expect(formatStep(step)).toBe(`Access-Control-Allow-Origin is "https://c.example" and must be "${a}".`);
  expect(sectionOf(step.step)).toBe("https://fetch.spec.whatwg.org/#concept-cors-check");
});

test("a page of an opaque origin sends null and is answered with null", async () => {
  const server = scriptedServer({ [b]: { headers: [[origin, "null"]] } });
  const trace = await openPage({ origin: "null", transport: server.transport }).trace(b);
  expect(trace.outcome).toBe("ok");
  expect(server.requests[0]?.headers).toContainEqual(["Origin", "null"]);
});
