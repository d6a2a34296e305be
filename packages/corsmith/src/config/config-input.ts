import type { PolicyInput } from "@corsmith/cors";
import type { GatewayLimits } from "../gateway/gateway-limits.ts";

/** A policy for a part of the API. It stands alone: it inherits nothing from the top-level policy. */
export interface RouteConfigInput {
  /** The path from which on the policy holds, `/admin` for example. The most specific path wins. */
  readonly path: string;
  readonly policy: PolicyInput;
}

/** What stands in a configuration file at the top, and in an overlay too. */
export interface ConfigSection {
  /** The API in front of which the gateway stands, as an origin: `http://127.0.0.1:8000`. */
  readonly upstream?: string;
  /** Where the gateway listens: `HOST:PORT`, or a port alone, which means that port of 127.0.0.1. Default `127.0.0.1:8080`. */
  readonly listen?: string | number;
  /** Where health checks and the policy in force are answered. Default `127.0.0.1:9090`. */
  readonly admin?: string | number;
  /** The policy for every path that no route names. */
  readonly policy?: PolicyInput;
  readonly routes?: readonly RouteConfigInput[];
  /** Addresses or CIDR blocks of the proxies in front, whose `X-Forwarded-*` and `Forwarded` headers are believed. Default none. */
  readonly trustProxy?: string | readonly string[];
  /** Seconds until the upstream must have begun its answer. Default 30. */
  readonly upstreamTimeout?: number;
  /** Processes that share the port. Default 1. */
  readonly workers?: number;
  /** Send the upstream its own `Host` instead of the client's. Default false. */
  readonly changeHost?: boolean;
  /**
   * Where decisions are kept: `memory`, `off`, a file, or `postgres://user:password@host/database`. A file is looked for in the folder in
   * which the command is started. Default `memory`.
   */
  readonly journal?: string;
  /** Bounds on what a client may send and how long it may take. */
  readonly limits?: Partial<GatewayLimits>;
}

/**
 * A whole configuration, as it stands in `corsmith.config.{ts,js,mjs,json,yaml,yml}`.
 *
 * `$development` and `$production` are laid over the rest by mode (`--mode`, else `NODE_ENV`). A key of an overlay, and each key of its
 * `policy` and `limits`, REPLACES the one below. Lists are never joined: a production list to which development's origins were
 * added would trust `http://localhost:*` in production.
 */
export interface ConfigInput extends ConfigSection {
  readonly $development?: ConfigSection;
  readonly $production?: ConfigSection;
}
