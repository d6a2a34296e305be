import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { runCorsmith } from "./support/corsmith-process.ts";

const file = `
upstream: http://127.0.0.1:8000
policy:
  allowOrigins: [https://app.example.com]
  allowCredentials: true
  maxAge: 600
routes:
  - path: /public
    policy: { preset: public-api }
$development:
  policy: { preset: development }
`;

describe("serve --check", () => {
  test("prints what a valid configuration comes to, and exits 0", async () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": file });
    const run = await runCorsmith(["serve", "--check", "--listen", "8181"], { cwd: folder.path });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toMatch(/^upstream\s+http:\/\/127\.0\.0\.1:8000$/m);
    expect(run.stdout).toMatch(/^listen\s+127\.0\.0\.1:8181$/m);
    expect(run.stdout).toMatch(/^ {2}origins\s+https:\/\/app\.example\.com$/m);
    expect(run.stdout).toMatch(/^\/public$/m);
    expect(run.stderr).toContain("Configuration is valid.");
    expect(run.stdout).not.toContain("\u001B");
  });

  test("says where there is no policy", async () => {
    const text = `${file.replace("$development", "  - path: /auth\n    policy: false\n$development")}`;
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    const run = await runCorsmith(["serve", "--check"], { cwd: folder.path });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toMatch(/^\/auth\n {2}policy\s+none: the API's own CORS headers go out as they are$/m);
    const json = await runCorsmith(["serve", "--check", "--json"], { cwd: folder.path });
    expect(JSON.parse(json.stdout)).toMatchObject({
      configuration: { routes: [{ path: "/public" }, { path: "/auth", policy: false }] },
    });
  });

  test("shows the overlay of the mode", async () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": file });
    const run = await runCorsmith(["serve", "--check"], { cwd: folder.path, env: { NODE_ENV: "development" } });
    expect(run.stdout).toContain("corsmith.config.yaml with $development");
    expect(run.stdout).toContain("http://localhost:*");
  });

  test("has a report for programs", async () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": file });
    const run = await runCorsmith(["serve", "--check", "--json"], { cwd: folder.path });
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      findings: [],
      configuration: {
        file: "corsmith.config.yaml",
        mode: null,
        upstream: "http://127.0.0.1:8000",
        listen: "127.0.0.1:8080",
        admin: "127.0.0.1:9090",
        workers: 1,
        policy: { allowOrigins: ["https://app.example.com"], allowCredentials: true, maxAge: 600 },
        routes: [{ path: "/public", policy: { allowOrigins: ["*"] } }],
      },
    });
  });

  test("finds the mistakes of every mode, and exits 2", async () => {
    const text = `${file}$production:\n  policy: { allowOrigins: [https://app.example.com/] }\n`;
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    const run = await runCorsmith(["serve", "--check"], { cwd: folder.path });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/\$production\.policy\.allowOrigins\[0\] {2}corsmith\.config\.yaml:\d+:\d+/);
  });
});
