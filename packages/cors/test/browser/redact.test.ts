import { describe, expect, test } from "vitest";
import { type Header, openPage, redactHeaders, redactTrace, redactUrl } from "../../src/browser/index.ts";

describe("a header line without its secret", () => {
  test.each<readonly [string, Header, string]>([
    ["a cookie", ["Cookie", "sid=31"], "sid=(hidden)"],
    ["several cookies", ["cookie", "sid=31; theme=a=b; =x; bare"], "sid=(hidden); theme=(hidden); (hidden); (hidden)"],
    ["a cookie that is set", ["Set-Cookie", "sid=31; Path=/; SameSite=None"], "sid=(hidden); Path=/; SameSite=None"],
    ["a cookie without a name", ["set-cookie", "31; Secure"], "(hidden); Secure"],
    ["a bearer token", ["Authorization", "Bearer abc.def"], "Bearer (hidden)"],
    ["digest credentials", ["authorization", 'Digest username="me", response="ab"'], "Digest (hidden)"],
    ["a bare token", ["Authorization", "abc"], "(hidden)"],
    ["a bare token with a blank behind", ["Authorization", "abc "], "(hidden)"],
    ["credentials for a proxy", ["Proxy-Authorization", "Basic eDp5"], "Basic (hidden)"],
    ["an API key", ["X-Api-Key", "abc"], "(hidden)"],
    ["a key in one word", ["apikey", "abc"], "(hidden)"],
    ["a token of a cross-site guard", ["X-CSRF-Token", "abc"], "(hidden)"],
    ["where it came from", ["Referer", "https://me:pw@a.example/?token=abc"], "https://a.example/?token=(hidden)"],
    ["where it goes", ["Location", "/next#access_token=abc&state=1"], "/next#access_token=(hidden)&state=1"],
  ])("%s", (_, line, value) => {
    expect(redactHeaders([line])).toEqual([[line[0], value]]);
  });

  test.each<Header>([
    ["Access-Control-Allow-Headers", "authorization, x-api-key"],
    ["Access-Control-Allow-Credentials", "true"],
    ["Access-Control-Request-Headers", "authorization"],
    ["Origin", "https://app.example.com"],
    ["Content-Type", "application/json"],
    ["X-Monkey", "banana"],
    ["X-Error-Code", "42"],
    ["WWW-Authenticate", "Bearer"],
  ])("%s: %s stays", (...line) => {
    expect(redactHeaders([line])).toEqual([line]);
  });
});

describe("a URL without its secrets", () => {
  test.each([
    ["https://a.example/x?page=2", "https://a.example/x?page=2"],
    ["https://u:p@a.example/", "https://a.example/"],
    ["https://u@a.example/@home", "https://a.example/@home"],
    ["//u:p@a.example/", "//a.example/"],
    ["?api_key=1&q=2", "?api_key=(hidden)&q=2"],
    ["?accessToken=1;sig=2", "?accessToken=(hidden);sig=(hidden)"],
    ["?api%5Fkey=1", "?api%5Fkey=(hidden)"],
    ["?code=1&error_code=2", "?code=(hidden)&error_code=2"],
    ["?%E0%A4%A=1&token=", "?%E0%A4%A=1&token="],
    ["mailto:me@a.example", "mailto:me@a.example"],
  ])("%s", (url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
    expect(redactUrl(redacted)).toBe(redacted);
  });
});

describe("a whole trace", () => {
  const page = (headers: readonly Header[]) =>
    openPage({ origin: "https://app.example", transport: async () => ({ status: 200, headers }) });
  const url = "https://api.example/?token=s3cret";
  const init = { method: "PUT", headers: { Authorization: "Bearer s3cret", "X-Api-Key": "s3cret" } };

  test.each<readonly [string, readonly Header[]]>([
    ["that is refused", [["Set-Cookie", "sid=s3cret"]]],
    [
      "that is allowed",
      [
        ["Access-Control-Allow-Origin", "*"],
        ["Access-Control-Allow-Methods", "*"],
        ["Access-Control-Allow-Headers", "*, authorization"],
        ["Access-Control-Expose-Headers", "*"],
        ["X-Session", "s3cret"],
      ],
    ],
  ])("%s tells no secret", async (_, headers) => {
    const trace = await page(headers).trace(url, init);
    expect(JSON.stringify(trace)).toContain("s3cret");
    const redacted = redactTrace(trace);
    expect(JSON.stringify(redacted)).not.toContain("s3cret");
    expect(redacted.steps.map(({ step }) => step)).toEqual(trace.steps.map(({ step }) => step));
    expect(redacted.outcome).toBe(trace.outcome);
  });

  test("of a dead server tells no secret", async () => {
    const transport = async () => Promise.reject(new Error("no way"));
    const trace = await openPage({ origin: "https://app.example", transport }).trace(url);
    expect(JSON.stringify(redactTrace(trace))).not.toContain("s3cret");
    expect(redactTrace(trace).exchanges[0]).not.toHaveProperty("response");
  });
});
