import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { allowedOrigin, benchLists } from "../bench-policy.ts";
import type { Contender, Place } from "./contender.ts";
import { startServer } from "./running-server.ts";

/** nginx, its origins in a hash, as its manual would have it. */
export const nginx: Contender = {
  name: "nginx",
  program: { path: "/usr/sbin/nginx", debianPackage: "nginx-light" },
  async start(place) {
    const port = await freePort();
    const file = join(place.folder, "nginx.conf");
    mkdirSync(join(place.folder, "temp"));
    writeFileSync(file, configuration(port, place));
    return startServer({
      command: "/usr/sbin/nginx",
      parameters: ["-p", place.folder, "-e", "stderr", "-c", file],
      port,
    });
  },
};

function configuration(port: number, { upstream, workers, folder }: Place): string {
  const { methods, headers, exposed, maxAge } = benchLists;
  return `
user root;
daemon off;
worker_processes ${workers};
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/temp/body;
  proxy_temp_path ${folder}/temp/proxy;
  fastcgi_temp_path ${folder}/temp/fastcgi;
  uwsgi_temp_path ${folder}/temp/uwsgi;
  scgi_temp_path ${folder}/temp/scgi;
  keepalive_requests 100000000;
  map $http_origin $granted { default ""; "${allowedOrigin}" "${allowedOrigin}"; }
  map $granted $credentials { "" ""; default "true"; }
  map "$request_method $http_origin $http_access_control_request_method" $preflight { default ""; "~^OPTIONS .+ .+$" "1"; }
  map "$preflight$granted" $answer { default ""; "1" "refused"; "~^1." "granted"; }
  map $answer $methods { default ""; granted "${methods.join(", ")}"; }
  map $answer $headers { default ""; granted "${headers.join(", ")}"; }
  map $answer $age { default ""; granted "${maxAge}"; }
  map "$preflight$credentials" $exposed { default ""; true "${exposed.join(", ")}"; }
  map $preflight $vary { default "Origin"; "1" "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"; }
  upstream api { server 127.0.0.1:${upstream}; keepalive 64; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    add_header Access-Control-Allow-Origin $granted always;
    add_header Access-Control-Allow-Credentials $credentials always;
    add_header Access-Control-Allow-Methods $methods always;
    add_header Access-Control-Allow-Headers $headers always;
    add_header Access-Control-Max-Age $age always;
    add_header Access-Control-Expose-Headers $exposed always;
    add_header Vary $vary always;
    proxy_hide_header Access-Control-Allow-Origin;
    proxy_hide_header Access-Control-Allow-Credentials;
    proxy_hide_header Access-Control-Expose-Headers;
    if ($answer = granted) { return 204; }
    if ($answer = refused) { return 403; }
    location / {
      proxy_pass http://api;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_buffers 16 16k;
      client_max_body_size 1m;
      client_body_buffer_size 128k;
    }
  }
}
`;
}
