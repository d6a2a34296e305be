import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CheckFlags } from "../../src/cli/check/read-source.ts";
import { runCheck } from "../../src/cli/check/run.ts";
import { runProgram } from "../../src/cli/program.ts";
import { always, preflightAnd, type Script, ScriptedApi } from "../check/support/scripted-api.ts";
import { selfSigned } from "../check/support/self-signed.ts";
import { fakeTerminal } from "./support/fake-terminal.ts";

const origin = "https://app.acme.io";
const allowed = { "Access-Control-Allow-Origin": origin, Vary: "Origin" };

async function run(
  url: string,
  flags: CheckFlags = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const terminal = fakeTerminal(100);
  const code = await runCheck(url, { origin, ...flags }, terminal);
  return { code, out: terminal.out.text, err: terminal.err.text };
}

async function runAgainst(script: Script, flags: CheckFlags = {}): Promise<Awaited<ReturnType<typeof run>>> {
  await using api = await ScriptedApi.start(script);
  return await run(`${api.url}/orders`, flags);
}

describe("the first line is the verdict and its reason", () => {
  test.for([
    [
      "allowed",
      always(200, allowed),
      {},
      0,
      /^Allowed: a page of https:\/\/app\.acme\.io can read the response, 200\.$/m,
    ],
    ["blocked", always(200), {}, 1, /^Blocked: the response \(200 OK\) has no Access-Control-Allow-Origin\.$/m],
    [
      "blocked at the preflight",
      preflightAnd(always(401), always(200, allowed)),
      { method: "PUT" },
      1,
      /^Blocked: the preflight is answered with 401 Unauthorized, probably because authentication runs before CORS\.$/m,
    ],
    [
      "blocked in some browsers",
      // Firefox drops an empty line beside another; the others join them.
      always(200, ["Access-Control-Allow-Origin", "", "Access-Control-Allow-Origin", origin]),
      {},
      1,
      /^Blocked in Chrome and Safari: Access-Control-Allow-Origin is sent twice/m,
    ],
    [
      "not known, for a method that is not sent",
      always(200, { ...allowed, "Access-Control-Allow-Methods": "DELETE" }),
      { method: "DELETE" },
      0,
      /^Allowed: the preflight permits DELETE\. The DELETE itself was not sent, so its response is not known\.$/m,
    ],
  ] as const)("%s", async ([, script, flags, code, line]) => {
    const { code: ended, out } = await runAgainst(script, flags);
    expect(out.split("\n\n")[0]?.replaceAll("\n", " ")).toMatch(line);
    expect(ended).toBe(code);
  });
});

describe("the text", () => {
  test("puts a caret under the first byte that differs", async () => {
    const { out } = await runAgainst(always(200, { "Access-Control-Allow-Origin": `${origin}/` }));
    const lines = out.split("\n");
    const at = lines.findIndex((line) => line.includes("the server's"));
    const caret = lines[at + 2]?.indexOf("^") ?? -1;
    expect(lines[at]?.[caret]).toBe("/");
    expect(lines[at + 1]?.[caret]).toBe('"');
  });

  test("numbers the steps in the browser's order and stops at the first failure", async () => {
    const { out } = await runAgainst(always(204, { ...allowed, "Access-Control-Allow-Methods": "PUT" }), {
      method: "PUT",
      header: ["x-a: 1"],
    });
    const steps = out.split("\n").filter((line) => /^ {2}\d {2}/.test(line));
    expect(steps.map((line) => line.slice(5, 26).trim())).toEqual([
      "cross-origin",
      "needs a preflight",
      "OPTIONS (preflight)",
      "Allow-Origin",
      "status is 2xx",
      "Allow-Methods",
      "Allow-Headers",
    ]);
    expect(steps.at(-1)).toContain("NO");
  });

  test("says what fails next, who has to act, what is expected, and how to see it", async () => {
    const { out } = await runAgainst(always(405), { method: "PUT", credentials: true });
    for (const part of [
      "Fixing that is not enough",
      "Fix       server:",
      "  Response to OPTIONS should contain\n            status 204, or any other from 200 to 299\n",
      "Access-Control-Allow-Credentials: true",
      "curl -i -X OPTIONS",
      "await fetch(",
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toMatch(/Sent {6}\d requests? \(.*\), nothing that could change data/);
  });

  test("keeps to the width of the terminal, commands apart", async () => {
    const { out } = await runAgainst(always(200), { header: ["x-a: 1"] });
    const long = out.split("\n").filter((line) => line.length > 100 && !/curl|await fetch/.test(line));
    expect(long).toEqual([]);
  });

  test("never shows a secret, nor a control character of the server's", async () => {
    const { out, err } = await runAgainst(always(200, { "Access-Control-Allow-Origin": "https://\u009b2Jx" }), {
      header: ["authorization: Bearer hush", "cookie: sid=hush", "x-api-key: hush"],
      credentials: true,
    });
    expect(out + err).not.toContain("hush");
    expect(out).toContain("YOUR-AUTHORIZATION");
    expect(out).not.toMatch(/[\u0080-\u009f]/);
  });
});

describe("the commands that it prints", () => {
  test("run, and meet what the check met", async () => {
    await using api = await ScriptedApi.start(preflightAnd(always(401), always(200, allowed)));
    const { out } = await run(`${api.url}/it's?a=1&b=2`, { method: "PUT", header: ["x-a: it's"] });
    const command = /(?<command>curl -i -X OPTIONS .*)$/m.exec(out)?.groups?.["command"] ?? "";
    const asked = api.heads.length;
    // Not awaited by spawnSync: the server lives in this process, so the command runs beside it.
    const { spawn } = await import("node:child_process");
    const child = spawn("bash", ["-c", `${command} -s --max-time 10`], { stdio: "ignore" });
    await new Promise((resolve) => child.once("close", resolve));
    expect(api.asked[asked]).toBe("OPTIONS /it's?a=1&b=2");
    expect(api.heads[asked]).toMatchObject({
      origin,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "x-a",
    });
  });
});

describe("what could not be reached", () => {
  test("a dead port", async () => {
    const api = await ScriptedApi.start(always(200));
    await api[Symbol.asyncDispose]();
    const { code, out } = await run(api.url);
    expect(out).toMatch(
      /^Could not connect to 127\.0\.0\.1:\d+: nothing is listening there\. This is not a CORS problem\.$/m,
    );
    expect(code).toBe(3);
  });

  test("a name that does not resolve", async () => {
    const { code, out } = await run("https://no-such-host.invalid/");
    expect(out).toMatch(
      /^Could not connect to no-such-host\.invalid: the name does not resolve\. This is not a CORS problem\.$/m,
    );
    expect(code).toBe(3);
  });

  test("a server that does not answer, with words about it while it lasts", async () => {
    const { code, out, err } = await runAgainst(() => undefined, { timeout: "1.3" });
    expect(out).toMatch(/^127\.0\.0\.1:\d+ did not respond in time/);
    expect(err).toMatch(/… GET 127\.0\.0\.1:\d+/);
    expect(code).toBe(3);
  });

  test("a server that hangs up", async () => {
    const { code, out } = await runAgainst((request) => request.socket.destroy());
    expect(out).toMatch(/closed the connection without a response/);
    expect(code).toBe(3);
  });
});

describe("a certificate that nobody trusts", () => {
  const tls = selfSigned();

  test("is told as such: the page sees the same as for a CORS error", async () => {
    await using api = await ScriptedApi.start(always(200, allowed), tls);
    const { code, out } = await run(api.url);
    expect(out).toMatch(/^The certificate of 127\.0\.0\.1:\d+ is self-signed\./);
    expect(out).toContain('the same "Failed to fetch"');
    expect(out).not.toContain("Node.js");
    expect(code).toBe(3);
    expect(api.asked).toEqual([]);
  });

  test("is passed over with --insecure, which says what a browser would do", async () => {
    await using api = await ScriptedApi.start(always(200, allowed), tls);
    const { code, out } = await run(api.url, { insecure: true });
    expect(out).toMatch(/^Allowed once the certificate is trusted: .*\n/);
    expect(out.replaceAll(/\s+/g, " ")).toContain(
      "The certificate is self-signed, and --insecure ignored that. A browser that does not trust it sends nothing",
    );
    expect(out).toContain("curl -ik ");
    expect(code).toBe(0);
  });
});

describe("--json", () => {
  const keys = [
    "verdict",
    "headline",
    "basis",
    "request",
    "decidedBy",
    "engines",
    "stepsOf",
    "steps",
    "next",
    "passesThen",
    "fixes",
    "warnings",
    "expectation",
    "reproduction",
    "sent",
    "sentByMethod",
  ];

  test.for([
    ["allowed", always(200, allowed), {}, []],
    ["blocked", always(401), { method: "PUT" }, ["failure", "diagnosis"]],
    ["unreached", (request) => request.socket.destroy(), {}, ["unreached"]],
  ] as const satisfies readonly (readonly [string, Script, CheckFlags, readonly string[]])[])(
    "%s has these keys",
    async ([verdict, script, flags, more]) => {
      const { out, err } = await runAgainst(script, { ...flags, json: true });
      const report = JSON.parse(out) as Record<string, unknown>;
      expect(report["verdict"]).toBe(verdict);
      expect(Object.keys(report).toSorted()).toEqual([...keys, ...more].toSorted());
      expect(err).toBe("");
    },
  );
});

describe("arguments", () => {
  test.for([
    ["no origin", "https://api.acme.io/", { origin: undefined }, "--origin", "--origin is missing"],
    [
      "an origin with a slash",
      "https://api.acme.io/",
      { origin: "https://app.acme.io/" },
      "--origin",
      "fix  https://app.acme.io\n",
    ],
    [
      "an origin without a scheme",
      "https://api.acme.io/",
      { origin: "app.acme.io" },
      "--origin",
      "fix  https://app.acme.io\n",
    ],
    ["no URL", "api.acme.io/x", {}, "URL", "fix  https://api.acme.io/x\n"],
    ["another scheme", "ftp://api.acme.io/x", {}, "URL", "not an http: or https: URL"],
    [
      "an engine that is none",
      "https://api.acme.io/",
      { engine: "opera" },
      "--engine",
      "One of standard, chromium, firefox, webkit.",
    ],
    ["a time that is none", "https://api.acme.io/", { timeout: "5s" }, "--timeout", "fix  5\n"],
    ["a header that is none", "https://api.acme.io/", { header: ["a b: c"] }, "--header", "not a header name"],
    ["half a curl command", "curl 'https://api.acme.io/", {}, "URL", "never closed"],
  ] as const)("that cannot be read: %s", async ([, url, flags, path, says]) => {
    const terminal = fakeTerminal(100);
    const { origin: given = "origin" in flags ? undefined : origin, ...rest } = flags as CheckFlags;
    expect(await runCheck(url, { ...(given !== undefined && { origin: given }), ...rest }, terminal)).toBe(2);
    expect(terminal.err.text).toContain(path);
    expect(`${terminal.err.text}\n`).toContain(says);
    expect(terminal.out.text).toBe("");
  });

  test("the word curl makes the rest a copied command, whose secrets stay here", async () => {
    await using api = await ScriptedApi.start(
      always(200, { ...allowed, "Access-Control-Allow-Headers": "authorization" }),
    );
    const terminal = fakeTerminal(100);
    const words = [
      "check",
      "--engine",
      "chrome",
      "curl",
      api.url,
      "-H",
      `Origin: ${origin}`,
      "-H",
      "authorization: Bearer hush",
      "--compressed",
    ];
    expect(await runProgram(words, terminal, {})).toBe(0);
    expect(api.heads.filter((head) => head.authorization !== undefined)).toEqual([]);
    expect(terminal.err.text).toContain("Not sent: the value of authorization. --send-secrets sends what was pasted.");
    expect(terminal.out.text + terminal.err.text).not.toContain("hush");
  });

  test("a recording is read: the request that was blocked, and which others there are", async () => {
    await using api = await ScriptedApi.start(always(200, allowed));
    const folder = mkdtempSync(join(tmpdir(), "corsmith-check-"));
    const entry = (path: string, status: number): object => ({
      request: {
        method: "GET",
        url: `${api.url}${path}`,
        headers: [
          { name: "Origin", value: origin },
          { name: "Sec-Fetch-Mode", value: "cors" },
        ],
      },
      response: { status, headers: [] },
    });
    const file = join(folder, "recording.har");
    writeFileSync(file, JSON.stringify({ log: { entries: [entry("/fine", 200), entry("/blocked", 0)] } }));
    const terminal = fakeTerminal(100);
    expect(await runCheck(file, {}, terminal)).toBe(0);
    rmSync(folder, { recursive: true });
    expect(terminal.out.text).toContain(`GET ${api.url}/blocked`);
    expect(terminal.err.text).toContain("CORS applies to 2 requests of this recording; --entry N checks another:");
  });

  test("--send-secrets sends what was pasted", async () => {
    await using api = await ScriptedApi.start(always(200, { ...allowed, "Access-Control-Allow-Credentials": "true" }));
    await run(`curl '${api.url}' -H 'Origin: ${origin}' -b 'sid=1'`, { sendSecrets: true });
    expect(api.heads[0]?.cookie).toBe("sid=1");
  });
});
