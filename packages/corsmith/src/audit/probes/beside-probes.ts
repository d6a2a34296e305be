import { getAs, type Probe, preflightAs } from "../probe.ts";
import { randomHost, randomLabel } from "../random-name.ts";
import type { Target } from "../target.ts";
import { withQuery } from "./welcomed-probes.ts";

/** Ways past the policy, and around it. */
export function besideProbes({ url }: Target, stranger: string): readonly Probe[] {
  const foreign = `https://${randomHost()}`;
  // A cache that keeps such an answer must not give it to anybody else.
  const fresh = withQuery(url, { "corsmith-audit": randomLabel() });
  const callback = `cb${randomLabel()}`;
  return [
    preflightAs(stranger, url, "private-network", { headers: [["Access-Control-Request-Private-Network", "true"]] }),
    ...(["Referer", "X-Origin", "X-Forwarded-Host"] as const).map((name) =>
      getAs(stranger, fresh, "other-input", {
        headers: [
          [name, name === "X-Forwarded-Host" ? new URL(foreign).host : `${foreign}${name === "Referer" ? "/" : ""}`],
        ],
      }),
    ),
    getAs(stranger, withQuery(url, { origin: foreign, domain: foreign }), "other-input"),
    { purpose: "jsonp", method: "GET", url: withQuery(url, { callback, jsonp: callback }), headers: [] },
    ...["/crossdomain.xml", "/clientaccesspolicy.xml"].map(
      (path): Probe => ({ purpose: "policy-file", method: "GET", url: new URL(path, url).href, headers: [] }),
    ),
    websocket(url, stranger),
  ];
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
function websocket(url: string, origin: string): Probe {
  return getAs(origin, url, "websocket", {
    headers: [
      ["Connection", "Upgrade"],
      ["Upgrade", "websocket"],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Key", Buffer.from(randomLabel().padEnd(16, "0").slice(0, 16)).toString("base64")],
    ],
  });
}

/** A page that was rebound to this address by its own name server asks like this: no Origin, since it is its own. */
export function rebindingProbe({ url }: Target): Probe {
  const { port } = new URL(url);
  const host = port === "" ? randomHost() : `${randomHost()}:${port}`;
  return { purpose: "foreign-host", method: "GET", url, headers: [["Host", host]] };
}
