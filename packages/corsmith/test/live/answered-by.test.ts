import type { HeaderList } from "@corsmith/cors/browser";
import { describe, expect, test } from "vitest";
import { classifyRedirect } from "../../src/check/classify-redirect.ts";
import { answeredBy } from "../../src/live/answered-by.ts";

describe("who wrote an answer is told", () => {
  test.for([
    [
      "by the page that nginx writes",
      [],
      "<center><h1>413 …</h1></center>\n<hr><center>nginx/1.22.1</center>",
      "nginx",
      "proxy",
    ],
    ["by Server", [["Server", "nginx/1.22.1"]], "", "nginx", "proxy"],
    [
      "by the page before Server: Express behind nginx",
      [["Server", "nginx"]],
      "<pre>Cannot OPTIONS /a</pre>",
      "Express",
      "application",
    ],
    [
      "by CF-Ray",
      [
        ["CF-RAY", "8a-FRA"],
        ["Server", "cloudflare"],
      ],
      "",
      "Cloudflare",
      "proxy",
    ],
    [
      "by the body of API Gateway",
      [["x-amzn-RequestId", "1"]],
      '{"message":"Missing Authentication Token"}',
      "AWS API Gateway",
      "proxy",
    ],
    [
      "by the words of Starlette",
      [["server", "uvicorn"]],
      "Disallowed CORS origin",
      "FastAPI or Starlette",
      "application",
    ],
    ["by the words of Spring", [], "Invalid CORS request", "Spring", "application"],
    ["by X-Powered-By", [["X-Powered-By", "Express"]], "", "Express", "application"],
    ["by a Server that nobody knows", [["Server", "acme/1"]], "", "acme/1", "unknown"],
    ["by nothing", [], "", "unknown", "unknown"],
  ] as const satisfies readonly (readonly [string, HeaderList, string, string, string])[])(
    "%s",
    ([, headers, bodyStart, name, layer]) => {
      expect(answeredBy({ status: 500, statusText: "", headers, bodyStart })).toMatchObject({ name, layer });
    },
  );

  test("with what it was seen by, capped, and the proxies on the way", () => {
    const headers = [
      ["Server", `nginx ${"x".repeat(500)}`],
      ["Via", "1.1 edge"],
    ] as const;
    const { evidence } = answeredBy({ status: 200, statusText: "", headers, bodyStart: "" });
    expect(evidence[0]).toMatch(/^server: nginx x{10,70}$/);
    expect(evidence).toContain("Via: 1.1 edge");
  });
});

describe("a redirect leads", () => {
  const from = "http://api.acme.io/orders";
  test.for([
    ["to https:", "https://api.acme.io/orders", "http-to-https"],
    ["to a slash", "/orders/", "trailing-slash"],
    ["to a login page of its own", "/accounts/login?next=/orders", "login"],
    ["to a login page of another host", "https://login.acme.io/x", "login"],
    ["to a page whose name only sounds like it", "/authors", "other"],
    ["elsewhere", "https://cdn.acme.io/orders", "other"],
    ["to no URL", "http://[", "other"],
  ] as const)("%s", ([, location, kind]) => {
    expect(classifyRedirect(from, location).kind).toBe(kind);
  });

  test("and no secret of its URL is shown", () => {
    expect(classifyRedirect(from, "/x?access_token=abc").target).not.toContain("abc");
  });
});
