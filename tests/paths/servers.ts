import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { serve } from "@hono/node-server";
import Router from "@koa/router";
import express from "express";
import { fastify } from "fastify";
import { H3, toNodeHandler } from "h3";
import { Hono } from "hono";
import Koa from "koa";
import { freePort } from "../support/free-port.ts";
import { type RunningProgram, runProgram } from "../support/running-program.ts";

/** What stands at /admin/s, and nowhere else. */
export const secret = "ADMIN SECRET";

/** A server that knows /admin/s by its own way of reading a path. */
export interface PathServer {
  readonly name: string;
  readonly port: number;
}

export interface PathServers {
  readonly servers: readonly PathServer[];
  stop(): Promise<void>;
}

/** Starts nginx, Apache, Caddy and Python over files, and the frameworks of Node over a route. */
export async function startPathServers(): Promise<PathServers> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-paths-"));
  // The workers of nginx are another user, where it is started by root.
  await chmod(folder, 0o755);
  const site = join(folder, "site");
  await write(join(site, "admin/s"), secret);
  await write(join(site, "public/s"), "PUBLIC");
  const programs = await Promise.all([startNginx(folder), startApache(folder), startCaddy(folder), startPython(site)]);
  const inProcess = await Promise.all(nodeServers(site).map(([name, server]) => listening(name, server)));
  return {
    servers: [...programs, ...inProcess].flatMap(({ servers }) => servers),
    async stop() {
      for (const { stop } of [...programs, ...inProcess]) await stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function startNginx(folder: string): Promise<PathServers> {
  const [port, unmerged] = [await freePort(), await freePort()];
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`);
  const conf = `daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${temporary.join("\n  ")}
  server { listen 127.0.0.1:${port}; root site; }
  server { listen 127.0.0.1:${unmerged}; root site; merge_slashes off; }
}
`;
  await write(join(folder, "nginx.conf"), conf.replace(/root site/g, `root ${folder}/site`));
  const program = await runProgram(
    "/usr/sbin/nginx",
    ["-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf")],
    {
      ready: /start worker process \d+/,
    },
  );
  return over(program, { nginx: port, "nginx without merging": unmerged });
}

async function startApache(folder: string): Promise<PathServers> {
  const [port, slashes] = [await freePort(), await freePort()];
  const modules = ["mpm_event", "authz_core"].map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
  );
  const conf = `ServerRoot ${folder}
ServerName 127.0.0.1
PidFile ${folder}/apache.pid
ErrorLog "|/bin/cat"
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${slashes}
${modules.join("\n")}
DocumentRoot ${folder}/site
<VirtualHost *:${slashes}>
  DocumentRoot ${folder}/site
  AllowEncodedSlashes On
</VirtualHost>
`;
  await write(join(folder, "apache.conf"), conf);
  const program = await runProgram("/usr/sbin/apache2", ["-f", join(folder, "apache.conf"), "-D", "FOREGROUND"], {
    ready: /resuming normal operations/,
  });
  return over(program, { Apache: port, "Apache that decodes slashes": slashes });
}

async function startCaddy(folder: string): Promise<PathServers> {
  const port = await freePort();
  await write(
    join(folder, "Caddyfile"),
    `{\n  admin off\n  auto_https off\n}\n:${port} {\n  bind 127.0.0.1\n  root * ${folder}/site\n  file_server\n}\n`,
  );
  const program = await runProgram(
    "/usr/bin/caddy",
    ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")],
    {
      ready: /serving initial configuration/,
      env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    },
  );
  return over(program, { Caddy: port });
}

async function startPython(site: string): Promise<PathServers> {
  const program = await runProgram(
    "/usr/bin/python3",
    ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", site],
    { ready: /port (\d+)/ },
  );
  return over(program, { Python: Number(program.ready[1]) });
}

/** Ways in which a handler of Node is often seen to find the path. */
const readings: Readonly<Record<string, (target: string) => string>> = {
  "new URL": (target) => new URL(target, "http://localhost").pathname,
  "new URL, decoded": (target) => decodeURIComponent(new URL(target, "http://localhost").pathname),
  "decoded, new URL": (target) => new URL(decodeURIComponent(target), "http://localhost").pathname,
};

function nodeServers(site: string): readonly (readonly [string, Server])[] {
  const routed = express();
  routed.get("/admin/s", (_request, response) => void response.send(secret));
  const files = express();
  files.use(express.static(site));
  const koa = new Koa();
  const router = new Router();
  router.get("/admin/s", (context) => {
    context.body = secret;
  });
  koa.use(router.routes());
  const h3 = new H3().get("/admin/s", () => secret);
  const hono = new Hono().get("/admin/s", (context) => context.text(secret));
  let lenient: RequestListener = () => undefined;
  const app = fastify({
    routerOptions: { caseSensitive: false, ignoreDuplicateSlashes: true },
    serverFactory: (handler) => {
      lenient = handler;
      return createServer(handler);
    },
  });
  app.get("/admin/s", async () => secret);
  return [
    ...Object.entries(readings).map(([name, read]) => [name, createServer(answering(read))] as const),
    ["Express", createServer(routed)],
    ["Express, files", createServer(files)],
    ["Koa", createServer(koa.callback())],
    ["h3", createServer(toNodeHandler(h3))],
    ["Hono", serve({ fetch: hono.fetch, port: 0, hostname: "127.0.0.1" }) as Server],
    ["Fastify", createServer((request, response) => void app.ready(() => lenient(request, response)))],
  ];
}

function answering(read: (target: string) => string): RequestListener {
  return ({ url = "/" }, response) => {
    try {
      response.end(read(url) === "/admin/s" ? secret : "PUBLIC");
    } catch {
      response.writeHead(400).end();
    }
  };
}

async function listening(name: string, server: Server): Promise<PathServers> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    servers: [{ name, port: (server.address() as AddressInfo).port }],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function over(program: RunningProgram, ports: Readonly<Record<string, number>>): PathServers {
  return {
    servers: Object.entries(ports).map(([name, port]) => ({ name, port })),
    stop: async () => void (await program.stop()),
  };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
