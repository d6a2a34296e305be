import type { Mount } from "../hosts/application.ts";
import type { Ask } from "../support/ask.ts";
import type { PolicyName } from "./policies.ts";

/** What one request to one application under one policy must come to, in every framework. */
export interface Row {
  /** A phrase; it begins with the number of the statement that it tests. */
  readonly name: string;
  readonly policy: PolicyName;
  readonly mount: Mount;
  readonly ask: Ask;
  readonly status: number;
  /** All CORS header lines, `name: value` with the name in lower case, sorted. */
  readonly cors: readonly string[];
  /** All members of `Vary`, in lower case, sorted; each once. */
  readonly vary: readonly string[];
  /** What a request that the protection refuses is told. */
  readonly told?: Told;
}

/** A body as it stands on the wire, and what the head says of it. */
export interface Told {
  readonly type: string;
  readonly length: string;
  readonly body: string;
}

export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** The lines of a request from a page. */
export function from(origin: string, ...more: HeaderLines): HeaderLines {
  return [["Origin", origin], ...more];
}

/** The lines of a preflight. */
export function preflightFrom(origin: string, method: string, headers?: string): HeaderLines {
  const names: HeaderLines = headers === undefined ? [] : [["Access-Control-Request-Headers", headers]];
  return from(origin, ["Access-Control-Request-Method", method], ...names);
}

/** `Vary` of an actual request and of a preflight, under a policy whose answers differ by origin. */
export const varyActual: readonly string[] = ["origin"];
export const varyPreflight: readonly string[] = [
  "access-control-request-headers",
  "access-control-request-method",
  "origin",
];
