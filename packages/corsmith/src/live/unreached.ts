import type { Finding } from "@corsmith/cors";
import { type FailureCode, redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";

/** Why no response came. */
export interface Unreached extends Finding<FailureCode> {
  readonly kind: "refused" | "name" | "timeout" | "certificate" | "tls" | "unreachable" | "broken" | "other";
  /** What Node called it. */
  readonly nodeCode?: string;
}

/** What is wrong with a certificate, by the code that OpenSSL or Node gives it. */
const certificates: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "is signed by an unknown, self-signed authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "comes without the intermediate certificates that lead to a known authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "is signed by an authority that this machine does not know",
  UNABLE_TO_GET_ISSUER_CERT: "is signed by an authority that this machine does not know",
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "is for another host name",
  CERT_REVOKED: "was revoked",
};

/** What is wrong with this certificate, as the end of a sentence; undefined if the code is not one of a certificate. */
export function certificateFault(code: string): string | undefined {
  return certificates[code] ?? (code.startsWith("CERT_") ? `is not trusted (${code})` : undefined);
}

/** What to do about a certificate that is not trusted. */
export const certificateFix =
  "Give the server a certificate that browsers trust; on your own machine, make one with mkcert.";

/** What is known when no response came: the server as the URL names it, and what Node said. */
type Facts = Readonly<Record<"host" | "hostname" | "port" | "code" | "message", string>>;

/** The first whose expression fits Node's code. */
const reasons: readonly (readonly [Unreached["kind"], FailureCode, RegExp, (facts: Facts) => string, fix: string])[] = [
  [
    "refused",
    "server-down",
    /^ECONNREFUSED$/,
    ({ host, port }) =>
      `Could not connect to ${host}${host.endsWith(`:${port}`) ? "" : ` (port ${port})`}: nothing is listening there.`,
    "Start the server, or correct the port; if it runs in a container, check that the port is published.",
  ],
  [
    "name",
    "dns-failure",
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
    ({ hostname }) => `Could not connect to ${hostname}: the name does not resolve.`,
    "Correct the host name; names of containers and of a VPN are known inside only.",
  ],
  [
    "timeout",
    "connection-broken",
    /^ETIMEDOUT$/,
    ({ host, message }) => `${host} did not respond in time${message === "" ? "" : ` (${message})`}.`,
    "See whether a firewall drops the packets and whether the server is stuck; --timeout SECONDS waits longer.",
  ],
  [
    "unreachable",
    "server-down",
    /^(?:ENETUNREACH|EHOSTUNREACH)$/,
    ({ host }) => `Could not connect to ${host}: this machine has no route to it.`,
    "Check the network and the VPN.",
  ],
  [
    "broken",
    "connection-broken",
    /^(?:ECONNRESET|EPIPE)$/,
    ({ host }) => `${host} closed the connection without a response.`,
    "Read the server's log: it may have crashed, or expect https: and not http:.",
  ],
  [
    "certificate",
    "tls-failure",
    new RegExp(`^(?:${Object.keys(certificates).join("|")}|CERT_.*)$`),
    ({ host, code }) => `The certificate of ${host} ${certificateFault(code)}.`,
    `${certificateFix} --insecure goes on without.`,
  ],
  [
    "tls",
    "tls-failure",
    /^(?:EPROTO|ERR_SSL_|ERR_TLS_)/,
    ({ host, message }) => `The TLS handshake with ${host} failed: ${message}`,
    "See whether the port speaks https: at all, or http: only.",
  ],
  [
    "broken",
    "connection-broken",
    /^HPE_/,
    ({ host, message }) => `What ${host} sent is not HTTP: ${message}`,
    "See what listens on that port; it may speak https:.",
  ],
];

const otherReason: (typeof reasons)[number] = [
  "other",
  "opaque-network-error",
  /^/,
  ({ host, message }) => `No response came from ${host}: ${message}`,
  "Send the request with curl and see.",
];

/** Says in plain words why a request got no response. */
export function whyUnreached(url: string, error: unknown): Unreached {
  const { host, hostname, port, protocol } = new URL(url);
  const nodeCode = codeOf(error);
  const facts = {
    host: printable(host, 120),
    hostname: printable(hostname, 120),
    port: port === "" ? String(protocol === "https:" ? 443 : 80) : port,
    code: nodeCode ?? "",
    message: printable(error instanceof Error ? error.message : String(error), 160),
  };
  const [kind, code, , says, fix] = reasons.find(([, , nodeCodes]) => nodeCodes.test(facts.code)) ?? otherReason;
  return {
    code,
    severity: "error",
    path: redactUrl(url),
    value: null,
    message: says(facts),
    fix,
    who: "server",
    kind,
    ...(nodeCode === undefined ? {} : { nodeCode }),
  };
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause);
}
