import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { type RunningServer, startServer } from "./running-server.ts";

/** Bytes of the large answer. */
export const largeBytes = 65_536;

/**
 * The API behind the proxies: nginx with answers that are there already, so that it is not what is waited for. It sets a CORS header of its
 * own, as APIs do; no proxy may let it through.
 */
export async function startUpstream(folder: string): Promise<RunningServer> {
  const port = await freePort();
  writeFileSync(join(folder, "large"), "x".repeat(largeBytes));
  const file = join(folder, "upstream.conf");
  writeFileSync(file, configuration(port, folder));
  return startServer({ command: "/usr/sbin/nginx", parameters: ["-p", folder, "-e", "stderr", "-c", file], port });
}

function configuration(port: number, folder: string): string {
  return `
user root;
daemon off;
worker_processes 1;
pid ${folder}/upstream.pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/upstream-body;
  client_max_body_size 1m;
  keepalive_requests 100000000;
  open_file_cache max=10 inactive=1h;
  default_type application/json;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    add_header Access-Control-Allow-Origin * always;
    location = /small { return 200 '{"ok":true}'; }
    location = /large { root ${folder}; }
  }
}
`;
}
