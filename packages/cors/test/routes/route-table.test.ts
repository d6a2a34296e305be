import { describe, expect, test } from "vitest";
import { definePolicy, type Policy } from "../../src/index.ts";
import { compileRouteTable, RouteConflictError, type RouteInput, routeFor } from "../../src/routes/index.ts";

const policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
const open: Policy = definePolicy({ allowOrigins: "*" });

function tableOf(...paths: string[]) {
  return compileRouteTable(
    policy,
    paths.map((path): RouteInput => ({ path, policy: open })),
  );
}

function routeOf(paths: readonly string[], path: string): string {
  const match = routeFor(tableOf(...paths), path);
  return match.ambiguous === true ? "ambiguous" : match.route;
}

const routes = [
  "/public",
  "/public/private",
  "/tenants/*/public",
  "/tenants/acme/*",
  "/tenants/acme",
  "/*/any/deep",
  "/café",
];

/** [what is asked, the path, the route] */
const choices: readonly (readonly [string, string, string])[] = [
  ["the route itself", "/public", "/public"],
  ["a slash at its end", "/public/", "/public"],
  ["a path below it", "/public/x/y", "/public"],
  ["a name that only begins like it", "/publicity", "/"],
  ["a name that only ends like it", "/a/public", "/"],
  ["the root", "/", "/"],
  ["a deeper route", "/public/private/x", "/public/private"],
  ["* for one segment", "/tenants/zeta/public/x", "/tenants/*/public"],
  ["* for no segment", "/tenants/public", "/"],
  ["a literal before *", "/tenants/acme/public", "/tenants/acme/*"],
  ["the shorter literal where the longer one needs more", "/tenants/acme", "/tenants/acme"],
  ["more segments before a literal", "/public/any/deep", "/*/any/deep"],
  ["an encoded name beyond ASCII", "/caf%C3%A9/x", "/café"],
  ["the same in lower case digits", "/caf%c3%a9", "/café"],
  ["the same unencoded", "/caf\u00c3\u00a9", "/café"],
  ["+ is itself", "/publi+c", "/"],
  ["an encoded name that changes nothing", "/public/a%20b%2Fc", "/public"],
  ["capitals that change nothing", "/public/Users/ABC", "/public"],
  ["capitals outside all routes", "/Users/ABC", "/"],
  ["parameters that change nothing", "/public/x;v=1", "/public"],
  ["dots that change nothing", "/public/./x", "/public"],
];

describe("S96: the most specific route wins", () => {
  test.each(choices)("%s", (_what, path, route) => {
    expect(routeOf(routes, path)).toBe(route);
  });

  test("the order in which routes are written does not matter", () => {
    for (const [, path, route] of choices) expect(routeOf(routes.toReversed(), path)).toBe(route);
  });
});

/** [what is tried, the path] */
const doubtful: readonly (readonly [string, string])[] = [
  ["other case", "/PUBLIC"],
  ["other case further on", "/public/Private"],
  ["an encoded letter", "/p%75blic"],
  ["a letter encoded twice", "/p%2575blic"],
  ["an encoded slash", "/public%2Fprivate"],
  ["a slash encoded twice", "/public%252Fprivate"],
  ["dots out of the route", "/public/private/../x"],
  ["dots into the route", "/x/../public"],
  ["a single dot", "/./public"],
  ["encoded dots", "/public/private/%2e%2e/x"],
  ["dots with parameters, as Tomcat reads them", "/public/private/..;/x"],
  ["dots behind backslashes", "/x\\..\\public"],
  ["encoded backslashes", "/public%5Cprivate"],
  ["a backslash for a slash", "/public\\private"],
  ["a double slash before", "//public"],
  ["a double slash inside", "/public//private"],
  ["parameters on the route itself", "/public;v=1"],
  ["parameters before a further segment", "/public;v=1/private"],
  ["all of them", "/X/..;a=b//%50ublic"],
  ["parameters that hold an encoded slash, cut before the rest is decoded", "/public/%2e%2e;%2fpublic/x"],
  ["the same further up", "/x/..;%2fx/..;%2f/public"],
  ["a backslash in parameters that a segment begins with", "/public/private/;%5c../x"],
  ["the same unencoded", "/public/private/;\\../x"],
  ["dots beside an encoded slash that a server keeps", "/public/private%2Fx/%2e%2e/%2e%2e/y"],
  ["dots beside an encoded slash, behind parameters", "/public/x%2fy/%2e%2e;/%2e%2e;/private"],
  ["a host before the path, as a URL is resolved", "//x/public"],
  ["the same with a backslash", "/\\x/public/y"],
  ["the same with an encoded one", "/%5Cx/public/y"],
  ["an encoded query", "/public/private%3Fx"],
  ["an encoded fragment", "/public%23x"],
  ["an encoded NUL", "/public%00"],
  ["an encoded query before dots", "/public/..%2Fx%3F/../public"],
  ["an encoded tab, which URLs lose", "/pub%09lic"],
  ["an encoded space at the end, which they lose too", "/public%20"],
  ["a letter encoded three times", "/p%252575blic"],
  ["no slash at its beginning", "public"],
  ["a path that ends where the session's id begins", "/public/..%2fx;/..%2f..%2fpublic/y"],
];

describe("S97: a path that routers read in different ways is ambiguous if the readings lead to different routes", () => {
  test.each(doubtful)("%s", (_what, path) => {
    expect(routeOf(routes, path)).toBe("ambiguous");
  });

  test("without routes nothing is ambiguous", () => {
    expect(routeFor(tableOf(), "/x/..;a=b//%50ublic")).toEqual({ route: "/", policy });
  });

  test("a route in capitals is found in capitals, and in other case it is ambiguous", () => {
    expect(routeOf(["/API"], "/API/x")).toBe("/API");
    expect(routeOf(["/API"], "/api/x")).toBe("ambiguous");
    expect(routeOf(["/API"], "/other")).toBe("/");
  });

  test("an ambiguous path grants nothing, and is protected if any policy of the table protects", () => {
    const protecting = definePolicy({ allowOrigins: ["https://a.example"], crossOriginProtection: true });
    const table = compileRouteTable(policy, [{ path: "/admin", policy: protecting }]);
    const match = routeFor(table, "/Admin");
    expect(match).toMatchObject({
      route: "/",
      ambiguous: true,
      policy: { allowOrigins: [], crossOriginProtection: true },
    });
    expect(routeFor(tableOf("/admin"), "/Admin").policy).toMatchObject({ crossOriginProtection: false });
  });
});

/** [the path, the code, the fix] */
const mistakes: readonly (readonly [string, string, unknown])[] = [
  ["public", "route-not-absolute", "/public"],
  ["/public/", "route-trailing-slash", "/public"],
  ["/", "route-root", expect.stringContaining("policy")],
  ["/a//b", "route-empty-segment", "/a/b"],
  ["/a/../b", "route-dot-segment", "/b"],
  ["/a?x=1", "route-query", "/a"],
  ["/a#x", "route-query", "/a"],
  ["/a/b*", "route-wildcard", "/a/*"],
  ["/a/**", "route-wildcard", "/a/*"],
  ["/a b", "route-character", expect.any(String)],
  ["/a%2Fb", "route-character", expect.any(String)],
  ["/a%41", "route-character", expect.any(String)],
  ["/a;v=1", "route-character", expect.any(String)],
  ["/a\\b", "route-character", expect.any(String)],
];

function findingsOf(...paths: string[]) {
  try {
    tableOf(...paths);
  } catch (error) {
    if (error instanceof RouteConflictError) return error.findings;
    throw error;
  }
  return [];
}

describe("S96: mistakes and conflicts are found when the table is built", () => {
  test.each(mistakes)("%s", (path, code, fix) => {
    expect(findingsOf("/fine", path)).toEqual([
      { code, severity: "error", path: "routes[1].path", value: path, message: expect.any(String), fix },
    ]);
  });

  test.each([
    ["the same path", "/a/b", "/a/b"],
    ["the same path in other case", "/a/b", "/A/b"],
    ["the same path with *", "/a/*", "/a/*"],
    ["the same path encoded", "/café", "/caf%C3%A9"],
  ])("%s twice is a conflict", (_what, one, other) => {
    expect(findingsOf(one, "/between", other)).toEqual([
      expect.objectContaining({
        code: "route-conflict",
        path: "routes[2].path",
        message: expect.stringContaining("routes[0].path"),
      }),
    ]);
  });

  test("all mistakes are reported together", () => {
    expect(findingsOf("a", "/b/", "/c", "/c").map(({ path }) => path)).toEqual([
      "routes[0].path",
      "routes[1].path",
      "routes[3].path",
    ]);
  });

  test.each([
    ["a literal beside *", ["/a/*", "/a/b"]],
    ["* at different places", ["/a/*/c", "/a/b/*", "/*/b/c"]],
    ["one below the other", ["/a", "/a/b", "/a/b/c"]],
  ])("%s is no conflict: one is more specific", (_what, paths) => {
    expect(findingsOf(...paths)).toEqual([]);
  });
});

test("what a lookup costs does not grow with the number of routes", () => {
  const small = compileRouteTable(policy, numbered(10));
  const large = compileRouteTable(policy, numbered(100_000));
  expect(routeFor(large, "/tenants/t7/public/x").route).toBe("/tenants/*/public");
  expect(routeFor(large, "/service/99999/x").route).toBe("/service/99999");
  const [few, many] = [cost(small), cost(large)];
  expect(many).toBeLessThan(few * 5 + 20);
});

function numbered(count: number): RouteInput[] {
  const inputs: RouteInput[] = [{ path: "/tenants/*/public", policy }];
  for (let index = 0; index < count; index += 1) inputs.push({ path: `/service/${index}`, policy });
  return inputs;
}

function cost(table: ReturnType<typeof tableOf>): number {
  for (let count = 0; count < 20_000; count += 1) routeFor(table, "/service/5/orders/17");
  const begun = performance.now();
  for (let count = 0; count < 50_000; count += 1) routeFor(table, "/service/5/orders/17");
  return performance.now() - begun;
}
