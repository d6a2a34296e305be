import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stacks } from "@corsmith/cors/explain";
import { describe, expect, test } from "vitest";
import type { ExplainFlags } from "../../src/cli/explain/read.ts";
import { runExplain } from "../../src/cli/explain/run.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { runCorsmith } from "./support/corsmith-process.ts";
import { fakeTerminal } from "./support/fake-terminal.ts";

const blocked =
  "Access to fetch at 'https://api.acme.io/orders?token=hunter2' from origin 'https://app.acme.io' has been blocked by CORS policy: ";
const method = `${blocked}Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.`;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  words: readonly string[],
  flags: ExplainFlags = {},
  stdin: string | undefined = undefined,
): Promise<Ran> {
  const terminal = fakeTerminal(100);
  const input = { isTerminal: stdin === undefined, read: () => Promise.resolve(stdin ?? "") };
  const code = await runExplain(words, flags, terminal, input);
  return { code, out: terminal.out.text, err: terminal.err.text };
}

describe("corsmith explain", () => {
  test("says what, who said so, the rule, the causes, who can fix it, the answer that would pass and the next command", async () => {
    const { code, out, err } = await run([method]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out.split("\n")[0]).toBe("method-not-allowed");
    for (const line of [
      "Request     PATCH https://api.acme.io/orders?...\n            from a page of https://app.acme.io",
      "Browser     Chrome\n            in Firefox: CORSMethodNotFound",
      "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0",
      "Could be    1. ",
      "Fix         server: ",
      "            client: ",
      "Respond     HTTP/1.1 204 No Content\n            Access-Control-Allow-Origin: https://app.acme.io\n            Access-Control-Allow-Methods: GET, POST, PATCH",
      "Config      corsmith explain method-not-allowed --stack nginx --origin https://app.acme.io --method PATCH",
      "Next        corsmith check https://api.acme.io/orders --origin https://app.acme.io -X PATCH",
    ])
      expect(out).toContain(line);
  });

  test("takes the words of a text that the shell took apart", async () => {
    expect((await run(["TypeError:", "Failed", "to", "fetch"])).out).toMatch(/^opaque-network-error\n/);
  });

  test.each([
    ["the input", [], method],
    ["the input, asked for by a dash", ["-"], method],
  ])("reads %s", async (_, words, stdin) => {
    expect((await run(words, {}, stdin)).out).toMatch(/^method-not-allowed\n/);
  });

  test("reads a file, if a single word names one", async () => {
    using folder = new ConfigFolder({ "console.txt": method });
    expect((await run([join(folder.path, "console.txt")])).out).toMatch(/^method-not-allowed\n/);
  });

  test("says on a terminal what to paste, and how to end", async () => {
    const { code, err } = await run([]);
    expect(code).toBe(1);
    expect(err).toMatch(/^Paste the whole error message from the browser's console .*Ctrl-D/);
  });

  test.each([
    ["a text that is not a message", ["what is cors"], /^This mentions CORS/],
    ["nothing", [""], /^Paste the whole error message/],
    [
      "a mistyped code",
      ["missing-alow-origin"],
      /^There is no code "missing-alow-origin"\. Did you mean missing-allow-origin\?$/m,
    ],
  ])("%s is not known: 1, and what to give instead", async (_, words, says) => {
    const { code, out, err } = await run(words);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(says);
  });

  test("for a text without a reason, says where to find the reason in each browser", async () => {
    const { code, out } = await run(["TypeError: Failed to fetch"], {
      url: "https://api.acme.io/x",
      origin: "https://app.acme.io",
    });
    expect(code).toBe(0);
    for (const words of ["This message holds no reason", "In Chrome and Edge", "In Firefox", "In Safari"])
      expect(out).toContain(words);
    expect(out).toContain("corsmith check https://api.acme.io/x --origin https://app.acme.io");
  });

  test("advice in the text that makes it worse is answered", async () => {
    const { out } = await run([
      `${method} If an opaque response serves your needs, set the request's mode to 'no-cors'.`,
    ]);
    expect(out).toMatch(/Do not {6}mode: "no-cors" does not help/);
  });

  test("nothing secret comes back, as text or as data", async () => {
    const pasted = `${method}\nAuthorization: Bearer eyJhbGciOiJIUzI1NiJ9.hunter2\nCookie: sid=hunter2`;
    for (const flags of [{}, { json: true }]) {
      const { out, err } = await run([pasted], flags);
      expect(out + err).not.toContain("hunter2");
    }
  });

  test("a command is safe to copy, whatever the text holds", async () => {
    const { out } = await run([
      `${blocked}Method $(reboot) is not allowed by Access-Control-Allow-Methods in preflight response.`,
    ]);
    expect(out).toContain("-X '$(reboot)'");
  });
});

describe("corsmith explain --json", () => {
  test("has these keys and no others", async () => {
    const { code, out } = await run([method], { json: true });
    const report = JSON.parse(out);
    expect(code).toBe(0);
    expect(Object.keys(report)).toEqual(["outcome", "matches", "cautions", "truncated"]);
    expect(Object.keys(report.matches[0])).toEqual([
      "code",
      "kind",
      "phase",
      "title",
      "certainty",
      "why",
      "engine",
      "facts",
      "times",
      "rule",
      "section",
      "causes",
      "fixes",
      "others",
      "seeAlso",
      "next",
    ]);
    expect(report.matches[0]).toMatchObject({
      code: "method-not-allowed",
      engine: "chromium",
      facts: { method: "PATCH" },
    });
  });

  test("says what to give where nothing is known", async () => {
    const { code, out } = await run(["hello"], { json: true });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      outcome: "unknown",
      matches: [],
      hint: expect.stringContaining("console"),
    });
  });

  test("has the lines of one stack with --stack", async () => {
    const { out } = await run([method], { json: true, stack: "caddy" });
    expect(JSON.parse(out).matches[0].snippet).toMatchObject({
      stack: "caddy",
      code: expect.stringContaining("PATCH"),
    });
  });
});

describe("corsmith explain --stack", () => {
  test("prints the lines alone, with what the text and the flags say", async () => {
    const { code, out, err } = await run([method], { stack: "fastapi", origin: "https://shop.acme.io" });
    expect(code).toBe(0);
    expect(out).toMatch(/^from fastapi\.middleware\.cors import CORSMiddleware\n/);
    expect(out).toContain('allow_origins=["https://shop.acme.io"]');
    expect(out).toContain('"PATCH"');
    expect(err).toContain("FastAPI");
  });

  test("says so where no lines end it", async () => {
    const { code, out, err } = await run(["server-down"], { stack: "nginx" });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("No config snippet for nginx fixes server-down.");
  });
});

describe("mistakes: 2, with what is wrong and the fix", () => {
  const table: readonly (readonly [string, ExplainFlags, readonly string[]])[] = [
    ["a stack", { stack: "ngnix" }, ["--stack", "nginx"]],
    ["an origin", { origin: "https://app.acme.io/" }, ["--origin", "https://app.acme.io"]],
    ["a URL", { url: "api.acme.io" }, ["--url", "https://api.example.com/orders"]],
    ["a method", { method: "PATCH x" }, ["--method"]],
    ["a header", { header: "x: 1" }, ["--header"]],
  ];
  test.each(table)("%s", async (_, flags, says) => {
    const { code, out, err } = await run([method], flags);
    expect([code, out]).toEqual([2, ""]);
    for (const words of says) expect(err).toContain(words);
    expect(JSON.parse((await run([method], { ...flags, json: true })).out)).toMatchObject({ ok: false });
  });

  test.each([
    ["that is not there", undefined, "cannot be read"],
    ["that is not JSON", "{", "is not a recording"],
    ["without a log", "{}", "it has no log"],
    ["of something else", '{"log":{"entries":1}}', "entries"],
  ])("a recording %s", async (_, content, says) => {
    using folder = new ConfigFolder({});
    const file = join(folder.path, "a.har");
    if (content !== undefined) writeFileSync(file, content);
    const { code, err } = await run([file]);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});

describe("a recording", () => {
  const page = "https://app.acme.io";
  const entry = (method: string, url: string, answer: object, headers: object[] = []) => ({
    _resourceType: "fetch",
    request: { method, url, headers: [{ name: "Origin", value: page }, ...headers] },
    response: { status: 200, statusText: "", headers: [], ...answer },
  });
  const har = {
    log: {
      entries: [
        entry("GET", "https://api.acme.io/open", { headers: [{ name: "Access-Control-Allow-Origin", value: "*" }] }),
        entry("GET", "https://api.acme.io/closed?key=hunter2", { headers: [] }),
        entry("GET", "https://api.acme.io/closed?key=hunter2", { headers: [] }),
        entry("GET", "https://down.acme.io/", { status: 0, _error: "net::ERR_CONNECTION_REFUSED" }),
        entry(
          "OPTIONS",
          "https://api.acme.io/orders/1",
          {
            status: 204,
            headers: [
              { name: "Access-Control-Allow-Origin", value: page },
              { name: "Access-Control-Allow-Methods", value: "GET" },
            ],
          },
          [{ name: "Access-Control-Request-Method", value: "DELETE" }],
        ),
        entry("DELETE", "https://api.acme.io/orders/1", { status: 0, _error: "net::ERR_FAILED" }),
      ],
    },
  };

  /** Firefox looks at the headers first, Chromium at the redirect. */
  const redirectedPreflight = entry(
    "OPTIONS",
    "https://api.acme.io/orders/1",
    { status: 301, headers: [{ name: "Location", value: "/x" }] },
    [{ name: "Access-Control-Request-Method", value: "PUT" }],
  );

  test("is played again, and every request that fails in it is explained", async () => {
    using folder = new ConfigFolder({ "session.har": JSON.stringify(har) });
    const { code, out, err } = await run([join(folder.path, "session.har")], { json: true });
    const { matches, recording } = JSON.parse(out);
    expect([code, err]).toEqual([0, ""]);
    expect(recording).toEqual({ requests: 5, failed: 4 });
    expect(
      matches.map((match: { code: string; times: number; facts: { url: string } }) => [
        match.code,
        match.times,
        match.facts.url,
      ]),
    ).toEqual([
      ["missing-allow-origin", 2, "https://api.acme.io/closed?..."],
      ["server-down", 1, "https://down.acme.io/"],
      ["method-not-allowed", 1, "https://api.acme.io/orders/1"],
    ]);
    expect(out).not.toContain("hunter2");
  });

  test("of Firefox is judged as Firefox does", async () => {
    const moved = {
      log: {
        creator: { name: "Firefox" },
        entries: [redirectedPreflight, entry("PUT", "https://api.acme.io/orders/1", { status: 0 })],
      },
    };
    const { out } = await run([], { json: true }, JSON.stringify(moved));
    expect(JSON.parse(out).matches[0].code).toBe("preflight-missing-allow-origin");
    const chromium = { log: { ...moved.log, creator: { name: "WebInspector" } } };
    const other = await run([], { json: true }, JSON.stringify(chromium));
    expect(JSON.parse(other.out).matches[0].code).toBe("preflight-redirect");
  });

  test("is untrusted: control characters for a terminal come back escaped", async () => {
    const answer = { headers: [{ name: "Access-Control-Allow-Origin", value: "https://\u001b]0;x\u0007.example" }] };
    const { out } = await run(
      [],
      { json: true },
      JSON.stringify({ log: { entries: [entry("GET", "https://api.acme.io/a", answer)] } }),
    );
    expect(out).not.toMatch(/\u001b|\\u001b/);
    expect(JSON.parse(out).matches[0].code).toMatch(/allow-origin/);
  });

  test("comes through the input too", async () => {
    const { out, err } = await run([], {}, JSON.stringify(har));
    expect(err).toBe("4 of 5 requests to other origins failed.\n\n");
    expect(out).toContain("Seen        2 times");
  });

  test("in which nothing failed says so: 1", async () => {
    const { code, err } = await run([], {}, JSON.stringify({ log: { entries: har.log.entries.slice(0, 1) } }));
    expect(code).toBe(1);
    expect(err).toContain("1 request to other origins, and CORS blocked none of them.");
  });
});

describe("the command itself", () => {
  test("reads what is piped into it", async () => {
    using folder = new ConfigFolder({});
    const { code, stdout } = await runCorsmith(["explain", "Preflight response is not successful. Status code: 405"], {
      cwd: folder.path,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^preflight-no-options-handler\n/);
  });

  test("its help names every stack", async () => {
    using folder = new ConfigFolder({});
    const { stdout } = await runCorsmith(["explain", "--help"], { cwd: folder.path });
    const words = stdout.replace(/\s+/g, " ");
    for (const stack of stacks) expect(words).toContain(stack);
  });
});
