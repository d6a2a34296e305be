import { describe, expect, test } from "vitest";
import { formatAddress, parseAddress } from "../../src/config/address.ts";
import {
  type Parsed,
  parseJournal,
  parseLogLevel,
  parseSeconds,
  parseSwitch,
  parseTrustProxy,
  parseUpstream,
  parseWorkers,
} from "../../src/config/parse-settings.ts";

function fixOf(parsed: Parsed<unknown>): string | undefined {
  return parsed.ok ? undefined : parsed.mistake.fix;
}

describe("an address", () => {
  test.each([
    ["8080", "127.0.0.1:8080"],
    [8080, "127.0.0.1:8080"],
    [":8080", "127.0.0.1:8080"],
    ["0", "127.0.0.1:0"],
    ["localhost:8080", "localhost:8080"],
    ["0.0.0.0:80", "0.0.0.0:80"],
    ["[::1]:8080", "[::1]:8080"],
    ["[::]:65535", "[::]:65535"],
    ["gateway_1.internal:8080", "gateway_1.internal:8080"],
    [" 127.0.0.1:8080 ", "127.0.0.1:8080"],
  ])("%j is %s", (input, expected) => {
    const parsed = parseAddress(input, "--flag");
    expect(parsed.ok && formatAddress(parsed.value)).toBe(expected);
  });

  test.each([
    ["http://127.0.0.1:8080", "127.0.0.1:8080"],
    ["http://127.0.0.1:8080/api", "127.0.0.1:8080"],
    ["https://", "127.0.0.1:8080"],
    ["localhost", "localhost:8080"],
    ["localhost:", "localhost:8080"],
    ["localhost:http", "localhost:8080"],
    ["127.0.0.1:65536", "127.0.0.1:8080"],
    ["65536", "127.0.0.1:8080"],
    ["-1", "127.0.0.1:8080"],
    ["80.5", "80.5:8080"],
    ["::1", "[::1]:8080"],
    ["::1:8080", "[::1:8080]:8080"],
    ["fe80::1:2:3:4:5:6:8080", "[fe80::1:2:3:4:5:6]:8080"],
    ["[::1]", "127.0.0.1:8080"],
    ["[nonsense]:80", "127.0.0.1:80"],
    ["*:8080", "0.0.0.0:8080"],
    ["a b:8080", "127.0.0.1:8080"],
    ["", "127.0.0.1:8080"],
    [null, "127.0.0.1:8080"],
    [true, "127.0.0.1:8080"],
    [8080.5, "8080.5:8080"],
    [{}, "127.0.0.1:8080"],
  ])("%j is refused, with %s as the fix", (input, fix) => {
    expect(fixOf(parseAddress(input, "--flag"))).toBe(fix);
  });
});

describe("an upstream", () => {
  test.each([
    "http://127.0.0.1:8000",
    "http://127.0.0.1:8000/",
    "https://api.internal",
    "HTTP://API:8000",
    "http://[::1]:8000",
  ])("%s", (input) => {
    expect(parseUpstream(input, "--flag").ok).toBe(true);
  });

  test.each([
    ["127.0.0.1:8000", "http://127.0.0.1:8000"],
    ["localhost:8000", "http://localhost:8000"],
    ["//api:8000", "http://api:8000"],
    ["", "http://127.0.0.1:8000"],
    ["ftp://api", "http://api"],
    ["ws://api:1", "http://api:1"],
    ["http://user:secret@api:8000", "http://api:8000"],
    ["http://api:8000/v1", "http://api:8000"],
    ["http://api:8000?x", "http://api:8000"],
    ["http://api:8000/#x", "http://api:8000"],
    ["http://:8000", "http://127.0.0.1:8000"],
    ["http://api:99999", "http://127.0.0.1:8000"],
    [8000, "http://127.0.0.1:8000"],
    [null, "http://127.0.0.1:8000"],
  ])("%j is refused, with %s as the fix", (input, fix) => {
    expect(fixOf(parseUpstream(input, "--flag"))).toBe(fix);
  });
});

describe("a number", () => {
  test.each([1, "1", 256, " 2 "])("%j workers", (input) => {
    expect(parseWorkers(input, "--flag").ok).toBe(true);
  });
  test.each([0, "0", -1, 1.5, "2x", "", "auto", "0x2", "1e1", Number.NaN, 257, null, [], true])(
    "not %j workers",
    (input) => {
      expect(parseWorkers(input, "--flag").ok).toBe(false);
    },
  );
  test.each([1, "30", 0.5, "0.5", 86_400])("%j seconds", (input) => {
    expect(parseSeconds(input, "--flag").ok).toBe(true);
  });
  test.each([
    [0, "30"],
    ["30s", "30"],
    ["500ms", "0.5"],
    ["2m", "120"],
    ["", "30"],
    ["soon", "30"],
    [-1, "30"],
    [86_401, "30"],
    [Number.POSITIVE_INFINITY, "30"],
    [null, "30"],
  ])("not %j seconds; the fix is %s", (input, fix) => {
    expect(fixOf(parseSeconds(input, "--flag"))).toBe(fix);
  });
});

describe("a switch", () => {
  test.each([true, false, "true", "FALSE"])("%j", (input) => {
    expect(parseSwitch(input, "--flag")).toEqual({ ok: true, value: String(input).toLowerCase() === "true" });
  });
  test.each([
    ["1", "true"],
    ["yes", "true"],
    ["no", "false"],
    ["", "false"],
    [0, "false"],
    [null, "false"],
  ])("not %j; the fix is %s", (input, fix) => {
    expect(fixOf(parseSwitch(input, "--flag"))).toBe(fix);
  });
});

describe("a log level", () => {
  test.each([
    ["warning", "warn"],
    ["INFO", "info"],
    ["verbose", "info"],
    [3, "info"],
  ])("not %j; the fix is %s", (input, fix) => {
    expect(fixOf(parseLogLevel(input, "--flag"))).toBe(fix);
  });
});

describe("the proxies in front", () => {
  test.each([
    ["10.0.0.0/8", ["10.0.0.0/8"]],
    ["10.0.0.1, fd00::/8", ["10.0.0.1", "fd00::/8"]],
    [
      ["127.0.0.1", "::1/128"],
      ["127.0.0.1", "::1/128"],
    ],
    [[], []],
  ])("%j", (input, value) => {
    expect(parseTrustProxy(input, "--flag")).toEqual({ ok: true, value });
  });
  test.each(["nginx", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "::1/129", "10.0.0", 5, null, [5], "true"])(
    "not %j",
    (input) => {
      expect(parseTrustProxy(input, "--flag").ok).toBe(false);
    },
  );
  test.each(["0.0.0.0/0", "::/0"])("%s, with a warning", (input) => {
    expect(parseTrustProxy(input, "--flag")).toMatchObject({ ok: true, warning: { code: "trust-proxy-everyone" } });
  });
});

describe("where decisions are kept", () => {
  test.each([
    ["off", { kind: "off" }],
    ["memory", { kind: "memory" }],
    [" corsmith.journal ", { kind: "file", path: "corsmith.journal" }],
    ["/var/lib/corsmith/journal", { kind: "file", path: "/var/lib/corsmith/journal" }],
    ["postgres://me:secret@db/cors", { kind: "postgresql", url: "postgres://me:secret@db/cors" }],
    ["postgresql:///cors?host=/run/postgresql", { kind: "postgresql", url: "postgresql:///cors?host=/run/postgresql" }],
  ])("%j is read", (input, value) => {
    expect(parseJournal(input, "--flag")).toEqual({ ok: true, value });
  });

  test.each([
    ["mysql://db/cors", "corsmith.journal, or postgres://user:password@host/database"],
    ["postgres://db", "postgres://user:password@host:5432/database"],
    ["postgres://db/", "postgres://user:password@host:5432/database"],
    ["data/", "corsmith.journal, memory or off"],
    ["", "corsmith.journal, memory or off"],
    [true, "corsmith.journal"],
  ])("%j is refused", (input, fix) => {
    expect(fixOf(parseJournal(input, "--flag"))).toBe(fix);
  });
});
