import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effort } from "../../../../tests/support/effort.ts";
import { definePolicy } from "../../src/index.ts";
import { compileRouteTable, type RouteTable, routeFor } from "../../src/routes/index.ts";
import { everyReading, strictReading } from "../../src/routes/path-readings.ts";
import { naiveRoute, readingsByAnyOrder } from "./naive-router.ts";
import { ordinaryPaths } from "./ordinary-paths.ts";

const policy = definePolicy({ allowOrigins: ["https://app.example.com"] });

function tableOf(paths: readonly string[]): RouteTable {
  return compileRouteTable(
    policy,
    paths.map((path) => ({ path, policy })),
  );
}

/** 4,000 tables with 50 paths each; the short form tries a tenth of them. */
const tablesTried = effort(4_000);
const pathsEach = 50;

const segment = fc.constantFrom("a", "b", "c", "*");
const tables = fc
  .uniqueArray(
    fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join("/")}`),
    { minLength: 1, maxLength: 4 },
  )
  .map((paths) => ({ paths, table: tableOf(paths) }));

/** What the attacks are made of, at every depth of encoding. */
const pieces = [
  ...["/", "/", "/", "a", "b", "c", "x", "A", ".", "..", ";", "\\", "//", "/../", "..;/", "/;x=1/", "%", "%2", "%zz"],
  ...[
    "%2f",
    "%2F",
    "%5c",
    "%3b",
    "%2e",
    "%2e%2e",
    "%61",
    "%252e",
    "%252f",
    "%253b",
    "%255c",
    "%25252e",
    "%c3%a9",
    "%00",
    "%09",
    "%20",
    "%3f",
    "%23",
  ],
];
const paths = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 10 })
  .map((parts) => `/${parts.join("")}`);

describe("S97: against a naive router that takes the steps in any order, each as often as it likes", () => {
  test("another route by any order makes a path ambiguous, and nothing else does", { timeout: 600_000 }, () => {
    let ambiguous = 0;
    let clear = 0;
    let long = 0;
    const property = fc.property(
      tables,
      fc.array(paths, { minLength: pathsEach, maxLength: pathsEach }),
      ({ paths: routes, table }, asked) => {
        for (const path of asked) {
          const match = routeFor(table, path);
          const strict = strictReading(path);
          const readings = readingsByAnyOrder(strict, Number.POSITIVE_INFINITY);
          expect(match.route, path).toBe(naiveRoute(routes, strict));
          const elsewhere = [...readings].find((reading) =>
            [reading, reading.toLowerCase()].some((spelling) => naiveRoute(routes, spelling) !== match.route),
          );
          if (elsewhere !== undefined) {
            expect(match.ambiguous, `${path} as ${elsewhere} under ${routes}`).toBe(true);
            ambiguous += 1;
          } else if (readings.size > 100) long += 1;
          else {
            expect(match.ambiguous, `${path} under ${routes}`).toBeUndefined();
            clear += 1;
          }
        }
      },
    );
    fc.assert(property, tablesTried);
    const tried = ambiguous + clear + long;
    expect(ambiguous).toBeGreaterThan(tried / 10);
    expect(clear).toBeGreaterThan(tried / 10);
    expect(long).toBeLessThan(tried / 50);
  });
});

const unrelated = ["/public", "/admin", "/internal/*/debug", "/tenants/*/public", "/api/v1/public", "/hooks/stripe"];

describe("S97: ordinary paths are not ambiguous", () => {
  test.each(ordinaryPaths)("%s", (_what, path) => {
    const first = `/${path.split("/")[1]}`;
    expect(routeFor(tableOf(unrelated), path)).toEqual({ route: "/", policy });
    expect(routeFor(tableOf(unrelated), `/public${path}`)).toEqual({ route: "/public", policy });
    if (/^\/[a-z0-9]+$/.test(first)) expect(routeFor(tableOf([first, "/public"]), path).route).toBe(first);
  });

  test("they have ten readings at most", () => {
    for (const [what, path] of ordinaryPaths) expect(costOf(path).readings, what).toBeLessThanOrEqual(10);
  });
});

/** [what it is, the path] */
const hostile: readonly (readonly [string, string])[] = [
  ["everything, over and over", `/${"%2e%2e/..;x/\\A//".repeat(1_000)}`],
  ["a slash encoded nine hundred times", `/%${"25".repeat(900)}2f`],
  ["every layer with another step in it", `/a/${"%255c..%252f;%253b%25252e%25252e//\\./b".repeat(20)}`],
  ["a row of spaces, and none at the end", `/${"%20".repeat(2_500)}x`],
  ["the longest that a request may hold", `/${"%61".repeat(5_400)}`],
];

describe("S97: what a hostile path costs is bounded", () => {
  test.each(hostile)("%s", (_what, path) => {
    const { readings, characters, all } = costOf(path);
    expect(readings).toBeLessThanOrEqual(100);
    expect(characters).toBeLessThanOrEqual(8_192);
    if (!all) expect(routeFor(tableOf(["/public"]), path).ambiguous).toBe(true);
  });

  test("what is over the bound is ambiguous, though no reading leads elsewhere", () => {
    const path = `/public/%${"25".repeat(120)}61`;
    expect(costOf(path).all).toBe(false);
    expect(routeFor(tableOf(["/public"]), path).ambiguous).toBe(true);
  });

  test("the first reading that leads elsewhere ends the search", () => {
    let asked = 0;
    everyReading("/x/..;a=b//%50ublic", () => {
      asked += 1;
      return asked < 2;
    });
    expect(asked).toBe(2);
  });
});

function costOf(path: string): { readonly readings: number; readonly characters: number; readonly all: boolean } {
  let readings = 0;
  let characters = 0;
  const all = everyReading(strictReading(path), (reading) => {
    readings += 1;
    characters += reading.length;
    return true;
  });
  return { readings, characters, all };
}
