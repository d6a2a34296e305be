import { describe, expect, test } from "vitest";
import type { AuditFlags } from "../../src/cli/audit/read.ts";
import { runAudit } from "../../src/cli/audit/run.ts";
import { runProgram } from "../../src/cli/program.ts";
import { policed, trusted } from "../audit/support/policed-api.ts";
import { always, type Script, ScriptedApi } from "../check/support/scripted-api.ts";
import { fakeTerminal } from "./support/fake-terminal.ts";

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(url: string, flags: AuditFlags = {}, width = 100): Promise<Ran> {
  const terminal = fakeTerminal(width);
  const code = await runAudit(url, { rate: "1000", ...flags }, terminal);
  return { code, out: terminal.out.text, err: terminal.err.text };
}

async function runAgainst(script: Script, flags: AuditFlags = {}, width?: number): Promise<Ran> {
  await using api = await ScriptedApi.start(script);
  return await run(`${api.url}/orders`, flags, width);
}

const echoing = policed({ allows: () => true, credentials: true });
const infoOnly = always(200, { "Access-Control-Allow-Origin": trusted });

describe("the text", () => {
  test("begins with how many findings there are, and the worst one with its proof and its fix", async () => {
    const { code, out, err } = await runAgainst(echoing, { origin: [trusted] });
    const lines = out.split("\n");
    expect(lines[0]).toBe("1 finding: 1 critical.");
    expect(lines[3]).toMatch(/^CRITICAL {3}Any origin is allowed, with credentials \[reflect-any-credentials\]$/);
    expect(out).toMatch(
      /^ {2}Try {7}curl -i http:\/\/127\.0\.0\.1:\d+\/orders -H 'Origin: https:\/\/c\w+\.corsmith-audit\.example'$/m,
    );
    expect(out).toMatch(/^ {2}Proof {5}Chrome, Firefox and Safari would let such a page read this response\.$/m);
    expect(out).toMatch(/^ {2}Fix {7}server: Keep a list/m);
    expect(out).toMatch(/^ {2}Sent {6}\d+ requests \(\d+ GET, \d+ OPTIONS\), nothing that could change data$/m);
    expect(err).toBe("");
    expect(code).toBe(1);
  });

  test("tells what is worth knowing behind it, and is clean", async () => {
    const { code, out } = await runAgainst(infoOnly);
    expect(out).toMatch(/^Clean: no page of another origin was allowed\. One thing is worth knowing\.$/m);
    expect(out.replaceAll(/\s+/g, " ")).toContain("Worth knowing - One fixed origin is sent to everyone.");
    expect(code).toBe(0);
  });

  test("keeps to the width, but for what is to be copied", async () => {
    const { out } = await runAgainst(echoing, { origin: [trusted] }, 72);
    const long = out.split("\n").filter((line) => line.length > 72);
    expect(long.filter((line) => !/curl -i|^\s+Access-Control-/.test(line))).toEqual([]);
  });

  test("is plain without colours", async () => {
    expect((await runAgainst(echoing)).out).not.toContain("\u001b");
  });
});

describe("exit codes", () => {
  test.for([
    ["clean", policed(), {}, 0],
    ["an information", infoOnly, {}, 0],
    ["an information, asked for", infoOnly, { failOn: "info" }, 1],
    ["a finding", echoing, {}, 1],
    ["a finding that is not bad enough", policed({ allows: () => true }), { failOn: "high" }, 0],
  ] as const)("%s", async ([, script, flags, code]) => {
    expect((await runAgainst(script, flags)).code).toBe(code);
  });

  test("no answer: says why, and what to do", async () => {
    const { code, out } = await run("http://127.0.0.1:1/");
    expect(out).toMatch(/^Could not connect to 127\.0\.0\.1:1: nothing is listening there\.$/m);
    expect(out).toMatch(/^ {2}Fix/m);
    expect(code).toBe(3);
  });

  test.for(["sarif", "junit"])(
    "no answer, as %s: says so on stderr, and writes no file that looks clean",
    async (format) => {
      const { code, out, err } = await run("http://127.0.0.1:1/", { format });
      expect(out).toBe("");
      expect(err).toMatch(/^Could not connect to /);
      expect(code).toBe(3);
    },
  );
});

describe("mistakes in the arguments are told all at once", () => {
  test.for([
    ["what is no URL", "api.example.com", {}, "https://api.example.com"],
    ["what is no origin", "http://a.test/", { origin: ["app.example.com"] }, "https://app.example.com"],
    ["an origin with a slash", "http://a.test/", { origin: ["https://app.example.com/"] }, "https://app.example.com"],
    ["a pattern in the middle", "http://a.test/", { origin: ["https://app.*.com"] }, "https://app.example.com"],
    ["a pattern with a slash", "http://a.test/", { origin: ["https://pr-*.acme.com/"] }, "https://pr-*.acme.com"],
    ["a format that is none", "http://a.test/", { format: "xml" }, "One of text, json, sarif, junit."],
    ["two formats", "http://a.test/", { format: "sarif", json: true }, "Leave out one of the two."],
    ["a severity that is none", "http://a.test/", { failOn: "bad" }, "One of critical, high, medium, low, info."],
    ["no pace", "http://a.test/", { rate: "0" }, "20"],
    ["a header that the audit sets", "http://a.test/", { header: ["Origin: x"] }, "--origin names a page"],
  ] as const)("%s", async ([, url, flags, fix]) => {
    const { code, out, err } = await run(url, flags);
    expect(code).toBe(2);
    expect(out + err).toContain(fix);
  });

  test("as JSON on stdout, where a program reads", async () => {
    const { code, out, err } = await run("x", { format: "json", origin: ["y"] });
    expect((JSON.parse(out) as { findings: readonly { path: string }[] }).findings.map(({ path }) => path)).toEqual([
      "URL",
      "--origin",
    ]);
    expect(err).toBe("");
    expect(code).toBe(2);
  });
});

describe("formats", () => {
  test("--json writes the report and nothing else", async () => {
    const { out, err } = await runAgainst(echoing, { json: true });
    const report = JSON.parse(out) as { verdict: string; findings: readonly { code: string }[] };
    expect(report.verdict).toBe("findings");
    expect(report.findings[0]?.code).toBe("reflect-any-credentials");
    expect(err).toBe("");
  });

  test.for([
    ["sarif", /^\{\n {2}"\$schema": "https:\/\/docs\.oasis-open\.org\/sarif/],
    ["junit", /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="corsmith audit" tests="\d+" failures="1"/],
  ] as const)("--format %s", async ([format, begins]) => {
    expect((await runAgainst(echoing, { format })).out).toMatch(begins);
  });
});

test("--help has every flag, how much is sent, and examples", async () => {
  const terminal = fakeTerminal(80);
  expect(await runProgram(["audit", "--help"], terminal, {})).toBe(0);
  for (const words of [
    "--origin",
    "--format",
    "--fail-on",
    "--rate",
    "--rebinding",
    "never more than 150",
    "Exit codes:",
    "Examples:",
  ])
    expect(terminal.out.text).toContain(words);
  expect(terminal.out.text.split("\n").filter((line) => line.length > 80 && !line.includes("corsmith audit"))).toEqual(
    [],
  );
});
