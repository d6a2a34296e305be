import type { FailureCode } from "./failure-code.ts";

const codes: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: "server-down",
  ENETUNREACH: "server-down",
  EHOSTUNREACH: "server-down",
  ECONNRESET: "connection-broken",
  EPIPE: "connection-broken",
  ETIMEDOUT: "connection-broken",
  ENOTFOUND: "dns-failure",
  EAI_AGAIN: "dns-failure",
  EPROTO: "tls-failure",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls-failure",
  SELF_SIGNED_CERT_IN_CHAIN: "tls-failure",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls-failure",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls-failure",
};

/** Which failure this is, by the `code` of a Node error: its own, its cause's, or that of its first part. */
export function transportFailureCode(reason: unknown): FailureCode {
  if (!(reason instanceof Error)) return "opaque-network-error";
  const code = "code" in reason && typeof reason.code === "string" ? reason.code : "";
  const known = codes[code];
  if (known !== undefined) return known;
  if (code.startsWith("ERR_TLS_") || code.startsWith("ERR_SSL_") || code.startsWith("CERT_")) return "tls-failure";
  if (code.startsWith("HPE_")) return "connection-broken";
  if (reason instanceof AggregateError && reason.errors.length > 0) return transportFailureCode(reason.errors[0]);
  return reason.cause === undefined ? "opaque-network-error" : transportFailureCode(reason.cause);
}
