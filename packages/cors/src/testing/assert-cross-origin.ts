import type { Trace } from "../browser/index.ts";
import { describeVerdict } from "./cors-matchers.ts";
import type { CrossOriginRequest } from "./cross-origin-request.ts";
import { type CrossOriginVerdict, judgeCrossOrigin } from "./judge-cross-origin.ts";
import type { Server } from "./server.ts";

/** What an assertion throws that did not hold. Test runners know it by its name and its code. */
export class CrossOriginAssertionError extends Error {
  override readonly name = "AssertionError";
  readonly code = "ERR_ASSERTION";
  readonly trace: Trace;

  constructor(request: CrossOriginRequest, verdict: CrossOriginVerdict) {
    super(describeVerdict(request, verdict));
    this.trace = verdict.trace;
  }
}

/**
 * Asserts that a browser lets a page of that origin make this request and read the answer: for `node:test`, `Deno.test`, `bun:test`, and
 * everything else that takes a throw for a failure.
 *
 * @throws {CrossOriginAssertionError} that tells what the browser did
 * @throws Error if nothing can be said, because no answer came
 *
 * @example
 * ```ts
 * import { assertAllowsCrossOrigin } from "@corsmith/cors/testing";
 *
 * const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] };
 * await assertAllowsCrossOrigin(policy, { origin: "https://app.example.com", method: "PUT" });
 * ```
 */
export async function assertAllowsCrossOrigin(server: Server, request: CrossOriginRequest): Promise<void> {
  const verdict = await judgeCrossOrigin(server, request);
  if (!verdict.allowed) throw new CrossOriginAssertionError(request, verdict);
}

/**
 * Asserts that a browser does not let a page of that origin make this request and read the answer. A server that does not answer refuses
 * nothing.
 *
 * @throws {CrossOriginAssertionError} that tells what the browser did
 * @throws Error if nothing can be said, because no answer came
 *
 * @example
 * ```ts
 * import { assertRefusesCrossOrigin } from "@corsmith/cors/testing";
 *
 * await assertRefusesCrossOrigin({ allowOrigins: ["https://app.example.com"] }, { origin: "https://evil.example" });
 * ```
 */
export async function assertRefusesCrossOrigin(server: Server, request: CrossOriginRequest): Promise<void> {
  const verdict = await judgeCrossOrigin(server, request);
  if (verdict.allowed) throw new CrossOriginAssertionError(request, verdict);
}
