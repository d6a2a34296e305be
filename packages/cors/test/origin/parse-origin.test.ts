import { describe, expect, it } from "vitest";
import { parseOrigin } from "../../src/origin/parse-origin.ts";

describe("a serialized origin", () => {
  it.each([
    ["https://example.com", { scheme: "https", host: "example.com", port: "" }],
    ["http://localhost:3000", { scheme: "http", host: "localhost", port: "3000" }],
    ["https://xn--bcher-kva.example", { scheme: "https", host: "xn--bcher-kva.example", port: "" }],
    ["https://a_b.example", { scheme: "https", host: "a_b.example", port: "" }],
    ["http://127.0.0.1:8080", { scheme: "http", host: "127.0.0.1", port: "8080" }],
    ["http://[::1]:8080", { scheme: "http", host: "[::1]", port: "8080" }],
    ["https://[2001:db8::1:0:0:1]", { scheme: "https", host: "[2001:db8::1:0:0:1]", port: "" }],
    ["capacitor://localhost", { scheme: "capacitor", host: "localhost", port: "" }],
    [
      "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
      { scheme: "chrome-extension", host: "aapbdbdomjkkjkaonfhkkikfgjllcleb", port: "" },
    ],
    ["http://example.com:443", { scheme: "http", host: "example.com", port: "443" }],
  ])("%s is read", (text, parts) => {
    expect(parseOrigin(text)).toEqual(parts);
  });

  it.each([
    "",
    "null",
    "*",
    "example.com",
    "https:example.com",
    "https://",
    "://example.com",
    "https://example.com/",
    "https://example.com:443",
    "http://example.com:80",
    "https://example.com:",
    "https://example.com:0",
    "https://example.com:08",
    "https://example.com:65536",
    "https://example.com:1:2",
    "https://Example.com",
    "HTTPS://example.com",
    "https://exa mple.com",
    "https://example.com\t",
    "https://example.com\u0000",
    "https://bücher.example",
    "https://user@example.com",
    "https://example..com",
    "https://.example.com",
    "https://example.com.",
    "https://a.com, https://b.com",
    "https://a.com https://b.com",
    "https://127.1",
    "https://127.0.0.01",
    "https://127.0.0.256",
    "https://1.2.3.4.5",
    "https://0x7f000001",
    "https://[::1",
    "https://[0:0:0:0:0:0:0:1]",
    "https://[::0001]",
    "https://[::FFFF:1]",
    "https://[1::2::3]",
    "https://[fe80::1%25eth0]",
    "https://evil.example/.example.com",
    "https://evil.example\\.example.com",
    "https://evil.example#.example.com",
    "https://evil.example`.example.com",
    "https://evil.example%00.example.com",
    `https://${"a".repeat(64)}.example`,
    `https://${"a.".repeat(200)}example`,
  ])("%j is none", (text) => {
    expect(parseOrigin(text)).toBeUndefined();
  });

  it("agrees with the URL parser of the platform about every web origin that it accepts", () => {
    for (const text of [
      "https://example.com",
      "http://127.0.0.1:8080",
      "http://[::1]:8080",
      "https://[2001:db8::1:0:0:1]",
    ]) {
      expect(new URL(text).origin).toBe(text);
      expect(parseOrigin(text)).toBeDefined();
    }
  });
});
