import { describe, expect, test } from "vitest";
import { isForbiddenRequestHeader } from "../../src/http/header-names.ts";

describe("a request header that no script can set", () => {
  // https://fetch.spec.whatwg.org/#forbidden-request-header, all of its list that does not depend on a value.
  const names = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "proxy-authorization",
    "sec-fetch-site",
  ];

  test.each(names)("%s", (name) => {
    expect(isForbiddenRequestHeader(name)).toBe(true);
  });
});

describe("a request header that a script can set", () => {
  test.each([
    // It was on the list for as long as private-network access was to come.
    "access-control-request-private-network",
    "authorization",
    "user-agent",
    "proxy",
    "sec",
    "x-http-method-override",
  ])("%s", (name) => {
    expect(isForbiddenRequestHeader(name)).toBe(false);
  });
});
