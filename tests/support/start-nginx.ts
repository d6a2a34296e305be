import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { type RunningProgram, runProgram } from "./running-program.ts";

/** Debian's nginx with a configuration of a test's own. */
export interface Nginx {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts it in the foreground, with all of its files in a folder of its own.
 *
 * @param server what stands in `server { }`
 * @param cache a zone of this name, in which it may keep answers
 */
export async function startNginx(server: string, cache?: string): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-nginx-"));
  // Its workers are another user, where it is started by root.
  await chmod(folder, 0o755);
  const port = await freePort();
  await mkdir(join(folder, "html"));
  await writeFile(join(folder, "html/orders.json"), '{"orders":[]}\n');
  await writeFile(join(folder, "nginx.conf"), configuration(folder, port, server, cache));
  const program = await runProgram(
    "/usr/sbin/nginx",
    ["-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf")],
    {
      ready: /start worker process \d+/,
    },
  );
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(program, folder) };
}

function configuration(folder: string, port: number, server: string, cache: string | undefined): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr notice;
events { worker_connections 64; }
http {
  access_log off;
  default_type application/json;
  ${temporary.join("\n  ")}
  ${cache === undefined ? "" : `proxy_cache_path ${folder}/cache keys_zone=${cache}:1m;`}
  server {
    listen 127.0.0.1:${port};
    root ${folder}/html;
    ${server}
  }
}
`;
}

async function stop(program: RunningProgram, folder: string): Promise<void> {
  await program.stop();
  await rm(folder, { recursive: true });
}
