/** The flags of `corsmith serve` that take part in the configuration, as they were typed. */
export interface Flags {
  readonly policy?: string;
  readonly mode?: string;
  readonly upstream?: string;
  readonly listen?: string;
  readonly admin?: string;
  readonly adminToken?: string;
  readonly adminTokenFile?: string;
  readonly workers?: string;
  readonly upstreamTimeout?: string;
  readonly trustProxy?: readonly string[];
  readonly changeHost?: boolean;
  readonly journal?: string;
  readonly logLevel?: string;
}
