import { describe, expect, test } from "vitest";
import { warnAboutOpenness } from "../../src/check/warn-about-openness.ts";

function codesFor(origin: string): readonly string[] {
  const headers = [
    ["Access-Control-Allow-Origin", origin],
    ["Access-Control-Allow-Credentials", "true"],
  ] as const;
  const answer = { status: 200, statusText: "OK", headers, bodyStart: "" };
  const base = { purpose: "request", method: "GET", url: "https://api.acme.io/", headers: [], answer } as const;
  const request = { url: base.url, origin, method: "GET", headers: [], credentials: true };
  return warnAboutOpenness(request, undefined, { strangeOrigin: "https://unknown.example", base }).map(
    ({ code }) => code,
  );
}

describe("a page over http that an https API trusts with credentials", () => {
  test.each([
    ["of another host", "http://app.acme.io"],
    ["whose name only begins like localhost", "http://localhost.evil.example"],
    ["whose name only begins like a loopback address", "http://127.evil.example"],
  ])("is warned about: %s", (_, origin) => {
    expect(codesFor(origin)).toEqual(["insecure-scheme"]);
  });

  test.each([
    ["localhost", "http://localhost:5173"],
    ["a name under localhost", "http://app.localhost:5173"],
    ["an address of 127.0.0.0/8", "http://127.0.0.2:5173"],
    ["the loopback address of IPv6", "http://[::1]:5173"],
  ])("is fine on the machine itself: %s", (_, origin) => {
    expect(codesFor(origin)).toEqual([]);
  });
});
