import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { allowedOrigin, benchLists } from "../bench-policy.ts";
import type { Contender, Place } from "./contender.ts";
import { startServer } from "./running-server.ts";

/** HAProxy, the decision taken on the request and kept for the answer. */
export const haproxy: Contender = {
  name: "HAProxy",
  program: { path: "/usr/sbin/haproxy", debianPackage: "haproxy" },
  async start(place) {
    const port = await freePort();
    const file = join(place.folder, "haproxy.cfg");
    writeFileSync(file, configuration(port, place));
    return startServer({ command: "/usr/sbin/haproxy", parameters: ["-db", "-q", "-f", file], port });
  },
};

function configuration(port: number, { upstream, workers }: Place): string {
  const { methods, headers, exposed, maxAge } = benchLists;
  return `
global
  nbthread ${workers}
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 30s
  http-reuse always
  option forwardfor
frontend api
  bind 127.0.0.1:${port}
  http-request deny if { req.fhdr_cnt(Origin) gt 1 }
  acl asks_options method OPTIONS
  acl asks_origin req.hdr(Origin) -m found
  acl asks_method req.hdr(Access-Control-Request-Method) -m found
  acl known_origin req.fhdr(Origin,1) -m str ${allowedOrigin}
  http-request set-var(txn.granted) req.fhdr(Origin,1) if known_origin
  http-request set-var(txn.preflight) bool(true) if asks_options asks_origin asks_method
  http-request return status 204 if asks_options asks_origin asks_method known_origin
  http-request return status 403 if asks_options asks_origin asks_method
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(Host)]
  acl granted var(txn.granted) -m found
  acl preflight var(txn.preflight) -m found
  http-after-response del-header Access-Control-Allow-Origin
  http-after-response del-header Access-Control-Allow-Credentials
  http-after-response del-header Access-Control-Expose-Headers
  http-after-response add-header Vary Origin if !preflight
  http-after-response add-header Vary "Origin, Access-Control-Request-Method, Access-Control-Request-Headers" if preflight
  http-after-response set-header Access-Control-Allow-Origin %[var(txn.granted)] if granted
  http-after-response set-header Access-Control-Allow-Credentials true if granted
  http-after-response set-header Access-Control-Expose-Headers "${exposed.join(", ")}" if granted !preflight
  http-after-response set-header Access-Control-Allow-Methods "${methods.join(", ")}" if granted preflight
  http-after-response set-header Access-Control-Allow-Headers "${headers.join(", ")}" if granted preflight
  http-after-response set-header Access-Control-Max-Age ${maxAge} if granted preflight
  default_backend api
backend api
  server api 127.0.0.1:${upstream} pool-max-conn -1
`;
}
