import { describe, expect, it } from "vitest";
import { publicSuffixDate } from "../../src/index.ts";
import { isPublicSuffix } from "../../src/origin/public-suffix-table.ts";

describe("the compact table of public suffixes", () => {
  it.each([
    "com",
    "dev",
    "app",
    "uk",
    "co.uk",
    "com.au",
    "co.jp",
    "com.br",
    "anything.ck",
    "github.io",
    "vercel.app",
    "a.run.app",
    "s3.eu-west-1.amazonaws.com",
    "westus.cloudapp.azure.com",
    "blob.core.windows.net",
  ])("S90: strangers get names under %s", (host) => {
    expect(isPublicSuffix(host)).toBe(true);
  });

  it.each([
    "example.com",
    "example.co.uk",
    "co.de",
    "my.github.io",
    "localhost",
    "internal",
    "tools.internal",
    "acme.local",
    "shop.myshopify.com",
    "a.constructor",
  ])("nobody but its owner gets names under %s", (host) => {
    expect(isPublicSuffix(host)).toBe(false);
  });

  it("S91: has a date", () => {
    expect(publicSuffixDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
