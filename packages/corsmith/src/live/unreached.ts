import { printable } from "@corsmith/cors/observe";

/** Why no answer came. */
export interface Unreached {
  readonly kind: "refused" | "name" | "timeout" | "certificate" | "tls" | "unreachable" | "broken" | "other";
  /** One sentence. */
  readonly says: string;
  readonly fix: string;
  /** What Node called it. */
  readonly nodeCode?: string;
}

/** What is wrong with a certificate, by the code that OpenSSL or Node gives it. */
const certificates: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "is signed by an authority that made itself up",
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
  return certificates[code] ?? (/^CERT_/.test(code) ? `is not trusted (${code})` : undefined);
}

/** Says in plain words why a request got no answer. */
export function whyUnreached(url: string, error: unknown): Unreached {
  const { host, hostname, port, protocol } = new URL(url);
  const shown = printable(host, 120);
  const code = nodeCode(error);
  const coded = code === undefined ? {} : { nodeCode: code };
  const fault = code === undefined ? undefined : certificateFault(code);
  if (fault !== undefined) {
    return {
      kind: "certificate",
      says: `The certificate of ${shown} ${fault}.`,
      fix: "Give the server a certificate that browsers trust; on your own machine, make one with mkcert. --insecure goes on without.",
      ...coded,
    };
  }
  switch (code) {
    case "ECONNREFUSED":
      return {
        kind: "refused",
        says: `Nothing listens on ${shown}${port === "" ? ` (port ${protocol === "https:" ? 443 : 80})` : ""}: the connection was refused.`,
        fix: "Start the server, or correct the port; in a container, look whether the port is published.",
        ...coded,
      };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        kind: "name",
        says: `The name ${printable(hostname, 120)} does not resolve.`,
        fix: "Correct the host name; names of containers and of a VPN are known inside only.",
        ...coded,
      };
    case "ETIMEDOUT":
      return {
        kind: "timeout",
        says: `${shown} did not answer in time${error instanceof Error && error.message !== "" ? ` (${printable(error.message, 80)})` : ""}.`,
        fix: "See whether a firewall drops the packets and whether the server is stuck; --timeout SECONDS waits longer.",
        ...coded,
      };
    case "ENETUNREACH":
    case "EHOSTUNREACH":
      return {
        kind: "unreachable",
        says: `There is no way to ${shown} from here.`,
        fix: "Look at the network and the VPN.",
        ...coded,
      };
    case "ECONNRESET":
    case "EPIPE":
      return {
        kind: "broken",
        says: `${shown} hung up without an answer.`,
        fix: "Look into the server's log: it may have crashed, or speak https: and not http:.",
        ...coded,
      };
    default:
      return other(shown, error, code);
  }
}

function other(host: string, error: unknown, code: string | undefined): Unreached {
  const said = printable(error instanceof Error ? error.message : String(error), 160);
  const coded = code === undefined ? {} : { nodeCode: code };
  if (code !== undefined && /^(?:EPROTO|ERR_SSL_|ERR_TLS_)/.test(code)) {
    return {
      kind: "tls",
      says: `The TLS handshake with ${host} failed: ${said}`,
      fix: "See whether the port speaks https: at all, or http: only.",
      ...coded,
    };
  }
  if (code?.startsWith("HPE_") === true) {
    return {
      kind: "broken",
      says: `What ${host} answered is not HTTP: ${said}`,
      fix: "See what listens on that port; it may speak https:.",
      ...coded,
    };
  }
  return {
    kind: "other",
    says: `There was no answer from ${host}: ${said}`,
    fix: "Send the request with curl and see.",
    ...coded,
  };
}

function nodeCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError ? nodeCode(error.errors[0]) : nodeCode(error.cause);
}
