import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followDockerfile } from "./container/follow-dockerfile.ts";
import { environmentOf, execForm, lastSays, readDockerfile } from "./container/read-dockerfile.ts";
import { pagePorts } from "./run/page-ports.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const stages = readDockerfile(readFileSync(join(root, "Dockerfile"), "utf8"));

describe("the image", () => {
  test("runs as a user by number, and not as root", () => {
    expect(Number(lastSays(stages, "USER").split(":")[0])).toBeGreaterThan(0);
  });

  test.for([
    ["ENTRYPOINT", "node"],
    ["CMD", "serve"],
  ])("%s is in exec form, so that signals reach Node", ([name = "", first]) => {
    expect(execForm(lastSays(stages, name))[0]).toBe(first);
  });

  test("can be reached from outside on the port that it exposes, its admin server only from inside", () => {
    const environment = environmentOf(stages);
    expect(environment["CORSMITH_LISTEN"]).toBe(`0.0.0.0:${lastSays(stages, "EXPOSE")}`);
    expect(environment["CORSMITH_ADMIN"]).toMatch(/^127\.0\.0\.1:/);
    expect(environment["NODE_ENV"]).toBe("production");
  });

  test("runs no install scripts while it is built", () => {
    const installs = stages.flatMap(({ instructions }) => instructions.filter(({ text }) => text.startsWith("npm ")));
    expect(installs.length).toBeGreaterThan(0);
    for (const { text } of installs) expect(text).toContain("--ignore-scripts");
  });
});

describe("what would be in the image, without a container", () => {
  const work = mkdtempSync(join(tmpdir(), "corsmith-image-"));
  let image = "";
  let environment: Readonly<Record<string, string>> = {};
  let running: ChildProcess | undefined;
  let output = "";

  beforeAll(async () => {
    image = followDockerfile(stages, root, work);
    const ports = await pagePorts(new Map());
    environment = {
      ...environmentOf(stages),
      PATH: process.env["PATH"] ?? "",
      CORSMITH_LISTEN: `127.0.0.1:${ports.of(8080)}`,
      CORSMITH_ADMIN: `127.0.0.1:${ports.of(9090)}`,
      CORSMITH_UPSTREAM: `http://127.0.0.1:${ports.of(8000)}`,
    };
    const folder = join(image, lastSays(stages, "WORKDIR"));
    writeFileSync(join(folder, "corsmith.config.yaml"), "policy: { allowOrigins: [https://app.example.com] }\n");
    const [, ...command] = [...execForm(lastSays(stages, "ENTRYPOINT")), ...execForm(lastSays(stages, "CMD"))];
    running = spawn(process.execPath, command.map(inImage), {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [running.stdout, running.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    for (let tries = 0; tries < 200 && !output.includes('"serving"') && running.exitCode === null; tries += 1)
      await delay(50);
  }, 180_000);

  afterAll(() => {
    running?.kill("SIGKILL");
    rmSync(work, { recursive: true, force: true });
  });

  function inImage(path: string): string {
    return path.startsWith("/") ? join(image, path) : path;
  }

  /** The exit code of the health check, as the image runs it. */
  function health(): number | null {
    const [, ...check] = execForm(lastSays(stages, "HEALTHCHECK"));
    return spawnSync(process.execPath, check, { env: environment, timeout: 10_000 }).status;
  }

  test("has no compiler and no sources", () => {
    expect(existsSync(join(image, "app/node_modules/typescript"))).toBe(false);
    expect(existsSync(join(image, "app/packages/cors/src"))).toBe(false);
  });

  test("starts by the image's own command, and answers a preflight", async () => {
    expect(output).toContain('"event":"serving"');
    const answer = await fetch(`http://${environment["CORSMITH_LISTEN"]}/`, {
      method: "OPTIONS",
      headers: { Origin: "https://app.example.com", "Access-Control-Request-Method": "GET" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  });

  test("is healthy while it runs, ends with 0 on SIGTERM, and is unhealthy then", async () => {
    expect(health()).toBe(0);
    const ended = new Promise((resolve) => running?.once("exit", resolve));
    running?.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output).toContain('"event":"stopped"');
    expect(health()).toBe(1);
  });
});

describe("compose.yaml", () => {
  const text = readFileSync(join(root, "compose.yaml"), "utf8");
  /** The lines of a service, as they are written. */
  const service = (name: string): string => new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n)+)`, "m").exec(text)?.[1] ?? "";

  test("lets nobody past Corsmith: the API publishes no port, Corsmith one on loopback", () => {
    expect(service("api")).toContain("build: examples/fastapi\n");
    expect(service("api")).not.toContain("ports:");
    expect(service("corsmith")).toContain('ports: ["127.0.0.1:8080:8080"]\n');
    expect(service("corsmith")).toContain("CORSMITH_UPSTREAM: http://api:8000\n");
  });

  test("mounts a folder that holds a configuration, read only, where the image looks for it", () => {
    const mounted = /- (?<from>\.\S+):(?<to>\/\S+):ro\n/.exec(service("corsmith"))?.groups;
    expect(existsSync(join(root, mounted?.["from"] ?? "", "corsmith.config.yaml"))).toBe(true);
    expect(mounted?.["to"]).toBe(lastSays(stages, "WORKDIR"));
  });

  test("gives requests under way more time than Corsmith does", () => {
    expect(Number(/stop_grace_period: (\d+)s/.exec(service("corsmith"))?.[1])).toBeGreaterThan(30);
  });

  test("builds the API from a Dockerfile that does not run as root either", () => {
    const api = readDockerfile(readFileSync(join(root, "examples/fastapi/Dockerfile"), "utf8"));
    expect(Number(lastSays(api, "USER").split(":")[0])).toBeGreaterThan(0);
    expect(execForm(lastSays(api, "CMD"))).toContain("main:app");
  });
});
