import type { LookupFunction } from "node:net";
import type { Header } from "@corsmith/cors/browser";

/** Which API is to be audited, and what is known of it. */
export interface AuditRequest {
  /** Absolute, http: or https:. */
  readonly url: string;
  /** Serialized origins that the API is meant to allow; `https://*.example.com` for all below a host. */
  readonly origins: readonly string[];
  /** Sent with every GET, such as a token: secrets among them are never shown. */
  readonly headers: readonly Header[];
}

/** How to go about it. */
export interface AuditOptions {
  /** Go on though the certificate is not trusted. Default false. */
  readonly insecure?: boolean;
  /** For each request, until its answer begins. Default 10. */
  readonly timeoutSeconds?: number;
  /** So many requests are sent in a second at most, one after the other. Default 20. */
  readonly perSecond?: number;
  /** Ask under a foreign Host too: for a service that is to be reached on this machine or network only. Default false. */
  readonly rebinding?: boolean;
  /** Finds the address of a name, where the system is not to be asked. */
  readonly lookup?: LookupFunction;
  /** Is told what is being done, before each request. */
  readonly onProgress?: (progress: AuditProgress) => void;
  readonly signal?: AbortSignal;
}

/** How far an audit is. */
export interface AuditProgress {
  /** What is being asked, in a few words. */
  readonly doing: string;
  /** Requests that went out. */
  readonly sent: number;
  /** How many it will be, as far as it is known yet. */
  readonly of: number;
}
