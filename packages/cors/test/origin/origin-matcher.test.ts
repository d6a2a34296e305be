import { describe, expect, it } from "vitest";
import { compileOrigins } from "../../src/origin/origin-matcher.ts";
import type { OriginPattern } from "../../src/origin/origin-pattern.ts";
import { parseOriginPattern } from "../../src/origin/parse-origin-pattern.ts";

function matcher(...entries: readonly string[]) {
  const patterns: OriginPattern[] = entries.map((entry) => {
    const parsed = parseOriginPattern(entry);
    if ("fault" in parsed) throw new Error(`${entry}: ${parsed.fault}`);
    return parsed.pattern;
  });
  return compileOrigins(patterns);
}

interface Row {
  readonly name: string;
  readonly entries: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: "S9: an exact origin is compared byte by byte",
    entries: ["https://app.example.com"],
    yes: ["https://app.example.com"],
    no: ["https://APP.example.com", "https://app.example.com/", "https://app.example.co", " https://app.example.com"],
  },
  {
    name: "S10: scheme, host and port must all match",
    entries: ["https://app.example.com:8443"],
    yes: ["https://app.example.com:8443"],
    no: [
      "http://app.example.com:8443",
      "https://app.example.com",
      "https://app.example.com:8444",
      "https://www.example.com:8443",
    ],
  },
  {
    name: "S11: a subdomain pattern does not cover its apex",
    entries: ["https://*.example.com"],
    yes: ["https://a.example.com"],
    no: ["https://example.com", "https://.example.com"],
  },
  {
    name: "S12: a subdomain pattern covers one and more labels",
    entries: ["https://*.example.com"],
    yes: ["https://a.example.com", "https://a.b.c.example.com", "https://xn--bcher-kva.example.com"],
    no: ["https://a..example.com", "http://a.example.com", "https://a.example.com:8443"],
  },
  {
    name: "S13: a suffix without a dot before it never matches",
    entries: ["https://*.example.com", "https://foo.com", "https://bar.com"],
    yes: ["https://foo.com"],
    no: ["https://evilexample.com", "https://evil-example.com", "https://barfoo.com", "https://example.com.evil.net"],
  },
  {
    name: "S14: bytes outside the grammar of an origin never match",
    entries: ["https://*.example.com"],
    yes: [],
    no: [
      "https://evil.net/.example.com",
      "https://evil.net\\.example.com",
      "https://evil.net`.example.com",
      "https://ä.example.com",
      "https://a\u0000.example.com",
    ],
  },
  {
    name: "S15: two origins in one line never match",
    entries: ["https://*.example.com", "https://a.com"],
    yes: ["https://a.com"],
    no: [
      "https://a.com, https://a.com",
      "https://a.com https://b.example.com",
      "https://evil.net,https://b.example.com",
    ],
  },
  {
    name: "S16: empty, over-long and control-character origins never match",
    entries: ["https://*.example.com"],
    yes: [],
    no: ["", `https://${"a.".repeat(200)}example.com`, "https://a.example.com\r\n", "\u007f"],
  },
  {
    name: "S18: the names of object prototypes never match",
    entries: ["https://constructor.example"],
    yes: ["https://constructor.example"],
    no: ["constructor", "__proto__", "toString", "hasOwnProperty", "https://__proto__"],
  },
  {
    name: "S27: the schemes of apps work as exact entries",
    entries: [
      "capacitor://localhost",
      "tauri://localhost",
      "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
      "moz-extension://0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0",
    ],
    yes: [
      "capacitor://localhost",
      "tauri://localhost",
      "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
      "moz-extension://0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0",
    ],
    no: ["capacitor://otherhost", "https://localhost", "chrome-extension://b", "ionic://localhost"],
  },
  {
    name: "S28: IP addresses match in canonical form only",
    entries: ["http://127.0.0.1", "http://[::1]:3000", "http://[2001:db8::1]"],
    yes: ["http://127.0.0.1", "http://[::1]:3000", "http://[2001:db8::1]"],
    no: [
      "http://127.1",
      "http://0x7f.0.0.1",
      "http://[0:0:0:0:0:0:0:1]:3000",
      "http://[2001:0db8::1]",
      "http://[2001:DB8::1]",
    ],
  },
  {
    name: "S29: any port covers the default port too",
    entries: ["http://localhost:*", "https://*.example.com:*"],
    yes: [
      "http://localhost",
      "http://localhost:1",
      "http://localhost:65535",
      "https://a.example.com",
      "https://a.example.com:8443",
    ],
    no: [
      "https://localhost",
      "http://localhost:80",
      "http://localhost:0",
      "http://localhost.evil.net:80",
      "https://example.com:8443",
    ],
  },
  {
    name: "any port on an IP address",
    entries: ["http://127.0.0.1:*", "http://[::1]:*"],
    yes: ["http://127.0.0.1:5173", "http://[::1]:5173", "http://[::1]"],
    no: ["http://127.0.0.2:5173", "http://[::2]:5173"],
  },
  {
    name: "a part of a label: the star stands for one or more bytes of one label, never for a dot",
    entries: ["https://pr-*.preview.example.org"],
    yes: [
      "https://pr-1.preview.example.org",
      "https://pr-a_b-c.preview.example.org",
      "https://pr--.preview.example.org",
      "https://pr-pr-.preview.example.org",
      `https://pr-${"a".repeat(60)}.preview.example.org`,
    ],
    no: [
      "https://pr-.preview.example.org",
      "https://pr.preview.example.org",
      "https://pr-1.x.preview.example.org",
      "https://x.pr-1.preview.example.org",
      "https://xpr-1.preview.example.org",
      "https://pr-1.example.org",
      "https://pr-1-preview.example.org",
      "https://pr-1.preview.example.org.evil.example",
      "https://pr-1.evil.example",
      "http://pr-1.preview.example.org",
      "https://pr-1.preview.example.org:8443",
      "https://PR-1.preview.example.org",
      "https://pr-*.preview.example.org",
      "https://pr-ä.preview.example.org",
      `https://pr-${"a".repeat(61)}.preview.example.org`,
    ],
  },
  {
    name: "a part of a label at its end, and at both ends",
    entries: ["https://*--shop.example.net", "https://app-*-team.example.net:*", "http://x*.localhost:3000"],
    yes: [
      "https://a--shop.example.net",
      "https://---shop.example.net",
      "https://app-1-team.example.net",
      "https://app-app-1-team-team.example.net:8080",
      "http://x-1.localhost:3000",
    ],
    no: [
      "https://--shop.example.net",
      "https://shop.example.net",
      "https://app-team.example.net",
      "https://app--team.example.net",
      "https://app-1-tea.example.net",
      "http://x.localhost:3000",
      "http://x-1.localhost",
    ],
  },
  {
    name: "parts of labels, whole labels and exact names under one host stay apart",
    entries: [
      "https://a-*.example.com",
      "http://a-*.example.com:81",
      "https://*.b.example.com",
      "https://c.example.com",
    ],
    yes: ["https://a-1.example.com", "http://a-1.example.com:81", "https://x.b.example.com", "https://c.example.com"],
    no: [
      "https://a-1.example.com:81",
      "http://a-1.example.com",
      "https://a-1.b.example.com.c",
      "https://b.example.com",
      "https://a-.example.com",
      "https://x.a-1.example.com",
    ],
  },
  {
    name: "patterns that share labels do not lend each other anything",
    entries: ["https://*.a.example.com", "http://*.b.example.com:8080", "https://c.example.com:*"],
    yes: ["https://x.a.example.com", "http://x.b.example.com:8080", "https://c.example.com:1"],
    no: [
      "https://x.b.example.com:8080",
      "http://x.a.example.com",
      "https://x.c.example.com",
      "https://a.example.com",
      "https://x.example.com",
    ],
  },
  {
    name: "the null origin is no tuple",
    entries: ["https://*.example.com"],
    yes: [],
    no: ["null", "NULL"],
  },
];

describe("matching an origin", () => {
  it.each(rows)("$name", ({ entries, yes, no }) => {
    const { match } = matcher(...entries);
    expect(yes.filter((origin) => match(origin) !== "match")).toEqual([]);
    expect(no.filter((origin) => match(origin) === "match")).toEqual([]);
  });

  it("S21: the order of the entries and duplicates change nothing", () => {
    const entries = [
      "https://foo.com",
      "https://*.foo.com",
      "https://bar.com",
      "https://*.b.bar.com",
      "https://foo.com",
    ];
    const probes = [
      "https://foo.com",
      "https://a.foo.com",
      "https://barfoo.com",
      "https://bar.com",
      "https://a.b.bar.com",
      "https://b.bar.com",
    ];
    const verdicts = (list: readonly string[]) => probes.map((probe) => matcher(...list).match(probe));
    expect(verdicts(entries.toReversed())).toEqual(verdicts(entries));
    expect(verdicts([...entries, ...entries])).toEqual(verdicts(entries));
  });

  it("S22: a million exact origins are answered as one is", () => {
    const patterns = Array.from(
      { length: 1_000_000 },
      (_, index): OriginPattern => ({ kind: "exact", scheme: "https", host: `h${index}.example`, port: "" }),
    );
    const { match } = compileOrigins(patterns);
    expect(match("https://h999999.example")).toBe("match");
    expect(match("https://h1000000.example")).toBe("no-match");
  });

  it("thousands of patterns under one host are two look-ups, and each covers its own names only", () => {
    const entries = Array.from({ length: 20_000 }, (_, index) => `https://pr-${10_000 + index}-*.example.com`);
    const { match } = matcher(...entries, "https://*--shop.example.com");
    expect([match("https://pr-29999-x.example.com"), match("https://x--shop.example.com")]).toEqual(["match", "match"]);
    expect(match("https://pr-30000-x.example.com")).toBe("no-match");
  });

  it("tells an origin that is not named from a text that is none", () => {
    const { match } = matcher("https://a.com");
    expect([match("https://b.com"), match("null"), match("b.com"), match("https://b.com/")]).toEqual([
      "no-match",
      "no-match",
      "not-an-origin",
      "not-an-origin",
    ]);
  });
});
