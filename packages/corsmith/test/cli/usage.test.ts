import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { runCorsmith } from "./support/corsmith-process.ts";
import { TestUpstream } from "./support/upstream.ts";

const policy = "policy: { allowOrigins: [https://app.example.com] }\n";

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly code?: number;
  /** What has to stand on stderr. */
  readonly says: readonly (string | RegExp)[];
}

const cases: readonly Case[] = [
  {
    name: "an unknown flag",
    args: ["serve", "--upstraem", "http://a:1"],
    says: ["--upstraem", "Did you mean --upstream?", "corsmith serve --help"],
  },
  { name: "a flag by its usual name elsewhere", args: ["serve", "--config", "x"], says: ["Did you mean --policy?"] },
  { name: "such a flag, mistyped", args: ["dev", "--prot=80"], says: ["--prot", "Did you mean --listen?"] },
  { name: "an unknown command", args: ["serv"], says: ["unknown command 'serv'", "Did you mean serve?"] },
  { name: "an unknown command whose help is wanted", args: ["serv", "--help"], says: ["Did you mean serve?"] },
  {
    name: "a command like none that there is",
    args: ["lint"],
    says: ["unknown command 'lint'", "One of: serve, dev, console, check,", "For all commands: corsmith --help"],
  },
  { name: "its help", args: ["lint", "--help"], says: ["unknown command 'lint'", "One of: serve,"] },
  { name: "its help, by the command help", args: ["help", "lint"], says: ["unknown command 'lint'"] },
  { name: "a flag without its value", args: ["serve", "--listen"], says: ["--listen <host:port>", "argument missing"] },
  { name: "something left over", args: ["serve", "http://a:1"], says: ["Expected 0 arguments but got 1"] },
  { name: "nothing at all", args: [], says: ["Usage: corsmith", "corsmith serve --upstream"] },
  {
    name: "flags that cannot be read, all of them",
    args: ["serve", "--upstream", "a:1", "--listen", "x", "--workers", "0", "--mode", "prod", "--log-level", "loud"],
    says: [
      /--upstream\n\s+value {2}"a:1"/,
      /fix {2}http:\/\/a:1/,
      "--listen",
      "--workers",
      "--mode",
      "--log-level",
      "5 errors. Server not started.",
    ],
  },
  {
    name: "a variable that cannot be read",
    args: ["serve"],
    env: { CORSMITH_LISTEN: "8080/tcp" },
    says: [/CORSMITH_LISTEN\n\s+value {2}"8080\/tcp"/, "fix"],
  },
  {
    name: "an upstream without a policy",
    args: ["serve", "--upstream", "http://127.0.0.1:1"],
    says: [
      "There is no policy, and there is no default",
      "allowOrigins:",
      "corsmith preset single-page-app > corsmith.config.yaml",
      "CORS_ALLOW_ORIGINS=",
    ],
  },
  {
    name: "an upstream with a policy for another mode only",
    args: ["serve", "--upstream", "http://127.0.0.1:1"],
    files: { "corsmith.config.yaml": `$production: { ${policy.trim()} }\n` },
    says: ["There is no policy", "--mode production"],
  },
  {
    name: "a broken policy",
    args: ["serve", "--upstream", "http://127.0.0.1:1"],
    files: { "corsmith.config.yaml": 'policy:\n  allowOrigins: ["*"]\n  allowCredentials: true\n' },
    says: ["policy.allowOrigins[0]  corsmith.config.yaml:2:18", "1 error. Server not started."],
  },
  {
    name: "a file that is not YAML",
    args: ["serve"],
    files: { "corsmith.config.yaml": "policy:\n  allowOrigins: *\n" },
    says: ["corsmith.config.yaml:2:17", "This is not YAML", 'A star has to be quoted in YAML: "*".'],
  },
  {
    name: "a policy file that is not there",
    args: ["serve", "--policy", "nowhere.yaml"],
    says: ["nowhere.yaml", "There is no such file."],
  },
  { name: "a check of nothing", args: ["serve", "--check"], says: ["There is no policy"] },
  { name: "an unknown preset", args: ["preset", "spa-app"], says: ["There is no such preset.", /fix {2}\S/] },
  {
    name: "an address of another machine",
    args: ["serve", "--upstream", "http://127.0.0.1:1", "--listen", "192.0.2.1:0", "--admin", "0"],
    files: { "corsmith.config.yaml": policy },
    says: ["--listen", "192.0.2.1 is not an address of this machine", "Server not started."],
  },
];

describe("a mistake ends the command with exit code 2 and one clear message", () => {
  test.concurrent.each(cases)("$name", async ({ args, files = {}, env = {}, code = 2, says }) => {
    using folder = new ConfigFolder(files);
    const run = await runCorsmith(args, { cwd: folder.path, env });
    expect(run.code, run.stderr).toBe(code);
    for (const text of says) expect(run.stderr).toMatch(text);
    expect(run.stderr, "no stack, no bug").not.toMatch(/\n\s+at /);
    expect(run.stdout).toBe("");
  });

  test("also taken ports: both are named, with who can change them", async () => {
    await using api = await TestUpstream.start();
    await using admin = await TestUpstream.start();
    using folder = new ConfigFolder({
      "corsmith.config.yaml": `upstream: http://127.0.0.1:1\nlisten: ${api.port}\n${policy}`,
    });
    const run = await runCorsmith(["serve", "--admin", String(admin.port)], { cwd: folder.path });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`listen  corsmith.config.yaml\n  value  "127.0.0.1:${api.port}"`);
    expect(run.stderr).toContain(`Port ${api.port} is taken by another program.`);
    expect(run.stderr).toContain(`--listen 127.0.0.1:${api.port + 1}`);
    expect(run.stderr).toContain(`--admin\n  value  "127.0.0.1:${admin.port}"`);
  });

  test("also a taken port with several workers", async () => {
    await using api = await TestUpstream.start();
    using folder = new ConfigFolder({ "corsmith.config.yaml": `upstream: http://127.0.0.1:1\nadmin: 0\n${policy}` });
    const run = await runCorsmith(["serve", "--workers", "2", "--listen", String(api.port)], { cwd: folder.path });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`Port ${api.port} is taken by another program.`);
  });
});

describe("with --json the findings are data on stdout", () => {
  test.concurrent.each([
    ["flags", ["serve", "--json", "--workers", "none"], ["workers-invalid"]],
    ["usage", ["serve", "--json", "--wrokers", "1"], ["usage"]],
    ["a missing policy", ["serve", "--json", "--upstream", "http://127.0.0.1:1"], ["policy-missing"]],
    ["an unknown preset", ["preset", "--json", "x"], ["preset-unknown"]],
  ])("%s", async (_, args, codes) => {
    using folder = new ConfigFolder();
    const run = await runCorsmith(args, { cwd: folder.path });
    expect(run.code).toBe(2);
    const report = JSON.parse(run.stdout) as { ok: boolean; findings: Record<string, unknown>[] };
    expect(report.ok).toBe(false);
    expect(report.findings.map((finding) => finding["code"])).toEqual(codes);
    for (const finding of report.findings) {
      expect(Object.keys(finding)).toEqual(
        expect.arrayContaining(["code", "severity", "path", "value", "message", "fix"]),
      );
    }
  });
});

describe("help", () => {
  test.concurrent.each([["--help"], ["serve", "--help"], ["preset", "--help"], ["help", "serve"]])(
    "%s %s has examples and exits 0",
    async (...args) => {
      using folder = new ConfigFolder();
      const run = await runCorsmith(args.filter(Boolean), { cwd: folder.path });
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(/Examples:\n {2}corsmith /);
      expect(run.stderr).toBe("");
    },
  );
});
