import { definePolicy, isLoopbackHost, type Policy } from "@corsmith/cors";
import { type Engine, openPage, type PageRequestInit, type Trace, type Transport } from "@corsmith/cors/browser";
import { transportFromPolicy } from "@corsmith/cors/testing";
import type { PolicyInForce, Sample } from "corsmith/api";

/** A sample, replayed. */
export interface ReplayedSample {
  readonly trace: Trace;
  readonly url: string;
  readonly engine: Engine;
  /** Was a part of it answered by the active policy, because only the other part is in the sample? */
  readonly supplemented: boolean;
}

/**
 * The browser's view of a request that was decided: the simulator gets the answer that the gateway really sent. What the sample does not
 * hold (the request after a preflight, or the preflight before it) is answered by the active policy.
 *
 * @returns undefined if no page in a browser can have sent it
 */
export async function replaySample(sample: Sample, active: PolicyInForce): Promise<ReplayedSample | undefined> {
  if (sample.origin === null || sample.kind === "websocket" || sample.reason === "malformed") return undefined;
  const engine = sample.engine === "other" || sample.engine === "none" ? "standard" : sample.engine;
  const url = urlOf(sample, sample.origin);
  let supplemented = false;
  const policy = policyOf(sample, active);
  const fallback = policy === undefined ? undefined : transportFromPolicy(policy);
  const transport: Transport = async (request) => {
    const preflight = request.headers.some(([name]) => name.toLowerCase() === "access-control-request-method");
    if (preflight === (sample.kind === "preflight")) return answerOf(sample);
    supplemented = true;
    if (fallback === undefined) throw new Error("The journal did not keep the other half of this request.");
    return await fallback(request);
  };
  const trace = await openPage({ origin: sample.origin, engine, transport }).trace(url, initOf(sample));
  return { trace, url, engine, supplemented };
}

function answerOf({ status, answer, kind }: Sample): Awaited<ReturnType<Transport>> {
  return {
    status: status ?? (kind === "preflight" ? 204 : 200),
    headers: answer.map(([name = "", value = ""]) => [name, value]),
  };
}

/** Behind a proxy that ends TLS the gateway does not know the scheme; a secure page can only have used a secure one. */
function urlOf({ host, path }: Sample, origin: string): string {
  const name = host ?? "api.invalid";
  const isLoopback = isLoopbackHost(URL.parse(`http://${name}`)?.hostname ?? "");
  return `${origin.startsWith("https:") && !isLoopback ? "https" : "http"}://${name}${path ?? "/"}`;
}

/** Set by browsers and proxies themselves, or safelisted with an everyday value: no script’s doing. */
const everyday =
  /^(?:accept|accept-.+|cache-control|connection|content-length|content-type|content-language|cookie|dnt|forwarded|host|if-.+|keep-alive|origin|pragma|priority|referer|sec-.+|te|upgrade-insecure-requests|user-agent|via|x-forwarded-.+|x-real-ip)$/;

function initOf(sample: Sample): PageRequestInit {
  const names =
    sample.kind === "preflight" ? sample.requestedHeaders : sample.headerNames.filter((name) => !everyday.test(name));
  return {
    method: sample.method,
    headers: names.map((name): [string, string] => [name, name === "content-type" ? "application/json" : "(hidden)"]),
    credentials: sample.credentials ? "include" : "same-origin",
    ...(sample.fetchMode === "no-cors" ? { mode: "no-cors" as const } : {}),
  };
}

function policyOf({ route }: Sample, active: PolicyInForce): Policy | undefined {
  const found = active.routes?.find(({ path }) => path === route)?.policy ?? active.policy;
  if (found === undefined || found === false) return undefined;
  const { originLookup, ...input } = found;
  // A lookup is code on the server; without it the tab cannot answer for the policy.
  return originLookup === undefined ? definePolicy(input) : undefined;
}
