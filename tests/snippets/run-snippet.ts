import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Snippet } from "@corsmith/cors/explain";
import { freePort } from "../support/free-port.ts";
import { type RunningProgram, runProgram } from "../support/running-program.ts";

/** A server that runs a snippet. */
export interface RunningSnippet {
  readonly url: string;
  stop(): Promise<void>;
}

/** Programs put a snippet where its reader would put it. */
type Run = (snippet: Snippet, upstream: string) => Promise<RunningSnippet>;

const root = fileURLToPath(new URL("../../", import.meta.url));

/** How each stack is run that can be run here. */
export const runs: Partial<Readonly<Record<Snippet["stack"], Run>>> = {
  "corsmith-cors": runJavaScript((code) => `${express(code)}`),
  express: runJavaScript((code) => `${express(code)}`),
  koa: runJavaScript(
    (code) => `import Koa from "koa";
const app = new Koa();
${code}
app.use((context) => {
  if (context.path === "/fails") throw new Error("it broke");
  context.set("ETag", '"1"');
  context.body = "it works";
});
app.silent = true;
const server = app.listen(0, "127.0.0.1", () => console.log("port", server.address().port));`,
  ),
  fastify: runJavaScript(
    (code) => `import Fastify from "fastify";
const app = Fastify();
${code}
app.route({ method: ["GET", "POST", "PUT", "PATCH", "DELETE"], url: "/*", handler: (request, reply) => {
  if (request.url === "/fails") throw new Error("it broke");
  return reply.header("etag", '"1"').send("it works");
} });
await app.listen({ port: 0, host: "127.0.0.1" });
console.log("port", app.server.address().port);`,
  ),
  hono: runJavaScript(
    (code) => `import { Hono } from "hono";
import { serve } from "@hono/node-server";
const app = new Hono();
${code}
app.all("/fails", () => { throw new Error("it broke"); });
app.all("/*", (context) => context.text("it works", 200, { etag: '"1"' }));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log("port", port));`,
  ),
  fastapi: async ({ code }) => {
    const folder = temporaryFolder();
    const [imports = "", ...rest] = code.split("\n");
    const routes = `
@app.api_route("/fails", methods=["GET"])
def fails():
    raise RuntimeError("it broke")

@app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def works(path: str):
    return Response("it works", headers={"etag": '"1"'})
`;
    const wraps = code.includes("\napp = ");
    const start = `${imports}\nfrom fastapi import FastAPI, Response\n\napp = FastAPI()\n`;
    writeFileSync(join(folder, "main.py"), start + (wraps ? routes + rest.join("\n") : rest.join("\n") + routes));
    const parameters = ["-m", "uvicorn", "main:app", "--host", "127.0.0.1", "--port", "0", "--no-use-colors"];
    const ready = /Uvicorn running on (http:\/\/127\.0\.0\.1:\d+)/;
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const program = await runProgram("/usr/bin/python3", parameters, { cwd: folder, ready, env });
    return running(program, program.ready[1] ?? "", folder);
  },
  corsmith: async ({ code }, upstream) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "corsmith.config.yaml"), code.replace("http://127.0.0.1:8000", upstream));
    const main = join(root, "packages/corsmith/src/main.ts");
    const parameters = [
      "--conditions=@corsmith/source",
      main,
      "serve",
      "--listen",
      "127.0.0.1:0",
      "--admin",
      "127.0.0.1:0",
    ];
    const ready = /^\{.*"event":"serving".*"listen":"(http:[^"]+)".*\}\n/m;
    const program = await runProgram(process.execPath, parameters, { cwd: folder, ready });
    return running(program, program.ready[1] ?? "", folder);
  },
  nginx: async ({ code }, upstream) => {
    const folder = temporaryFolder();
    const port = await freePort();
    const [http = "", location = ""] = code.split("# in location { }");
    writeFileSync(
      join(folder, "nginx.conf"),
      `daemon off;
pid ${folder}/nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  ${http}
  server {
    listen 127.0.0.1:${port};
    location / {
      ${location}
      proxy_pass ${upstream};
    }
  }
}`,
    );
    const program = await runProgram("/usr/sbin/nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
      ready: /start worker process/,
    });
    return running(program, `http://127.0.0.1:${port}`, folder);
  },
  apache: async ({ code }, upstream) => {
    const folder = temporaryFolder();
    const port = await freePort();
    const modules = ["mpm_event", "authz_core", "headers", "rewrite", "setenvif", "proxy", "proxy_http"];
    writeFileSync(
      join(folder, "apache.conf"),
      `ServerRoot ${folder}
ServerName 127.0.0.1
PidFile ${folder}/pid
ErrorLog "|/bin/cat"
Listen 127.0.0.1:${port}
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
${code}
ProxyPass / ${upstream}/
`,
    );
    const program = await runProgram("/usr/sbin/apache2", ["-f", join(folder, "apache.conf"), "-D", "FOREGROUND"], {
      ready: /resuming normal operations/,
    });
    return running(program, `http://127.0.0.1:${port}`, folder);
  },
  caddy: async ({ code }, upstream) => {
    const folder = temporaryFolder();
    const port = await freePort();
    writeFileSync(
      join(folder, "Caddyfile"),
      `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
${code}
  reverse_proxy ${upstream}
}
`,
    );
    const program = await runProgram(
      "/usr/bin/caddy",
      ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")],
      {
        ready: /serving initial configuration/,
        env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      },
    );
    return running(program, `http://127.0.0.1:${port}`, folder);
  },
  haproxy: async ({ code }, upstream) => {
    const folder = temporaryFolder();
    const port = await freePort();
    writeFileSync(
      join(folder, "haproxy.cfg"),
      `defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend api
  bind 127.0.0.1:${port}
${code}
  default_backend app
backend app
  server app ${upstream.replace("http://", "")}
`,
    );
    const program = await runProgram("/usr/sbin/haproxy", ["-W", "-f", join(folder, "haproxy.cfg")], {
      ready: /Loading success/,
    });
    return running(program, `http://127.0.0.1:${port}`, folder);
  },
};

function express(code: string): string {
  return `import express from "express";
const app = express();
${code}
app.all("/fails", () => { throw new Error("it broke"); });
app.use((request, response) => response.set("ETag", '"1"').send("it works"));
const server = app.listen(0, "127.0.0.1", () => console.log("port", server.address().port));`;
}

/** JavaScript finds its packages from where it lies. */
function runJavaScript(program: (code: string) => string): Run {
  return async ({ code }) => {
    const above = join(root, "node_modules/.cache/");
    mkdirSync(above, { recursive: true });
    const folder = mkdtempSync(join(above, "snippet-"));
    writeFileSync(join(folder, "server.mjs"), program(code));
    const parameters = ["--conditions=@corsmith/source", join(folder, "server.mjs")];
    const running_ = await runProgram(process.execPath, parameters, { ready: /port (\d+)/, env: { NODE_ENV: "test" } });
    return running(running_, `http://127.0.0.1:${running_.ready[1]}`, folder);
  };
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "corsmith-snippet-"));
}

function running(program: RunningProgram, url: string, folder: string): RunningSnippet {
  return {
    url,
    stop: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
