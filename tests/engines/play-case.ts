import { setTimeout as sleep } from "node:timers/promises";
import type { EnginePage, EngineResult } from "../../packages/corsmith/src/engines/engine.ts";
import type { OracleCase, Verdict, WireRequest } from "../oracle/oracle-case.ts";
import type { CaseAddress } from "./case-address.ts";
import type { CaseServers } from "./case-servers.ts";
import type { ArrivedRequest } from "./scripted-server.ts";

/** A case that nobody has judged yet. */
export type UnplayedCase = Omit<OracleCase, "engines" | "wire">;

/** What an engine made of a case, in the recording's form, and all that it printed. */
export interface PlayedCase {
  readonly steps: readonly Verdict[];
  readonly wire: readonly WireRequest[];
  /** One list a step. */
  readonly consoleMessages: readonly (readonly string[])[];
}

/** Plays a case in a page of the real engine. */
export async function playCase(page: EnginePage, servers: CaseServers, unplayed: UnplayedCase): Promise<PlayedCase> {
  const { address, arrived } = servers.set(unplayed);
  for (const cookie of unplayed.cookies) await page.fetch(servers.jarUrl(cookie));
  const results: EngineResult[] = [];
  for (const { request, delay = 0 } of unplayed.steps) {
    if (delay > 0) await sleep(delay);
    const { url, headers, ...init } = request;
    const written = headers.map(([name, value]) => [name, address.text(value)] as const);
    const opaque = unplayed.page === "null";
    results.push(await page.fetch(address.url(url), { ...init, headers: written }, { opaque, timeoutMs: 20_000 }));
  }
  for (const cookie of unplayed.cookies) await page.fetch(servers.jarUrl(`${cookie}; Max-Age=0`));
  const names = scriptedNames(unplayed);
  return {
    steps: results.map((result) => verdictOf(result, address)),
    wire: arrived.map((request) => wireRequest(request, address, names)),
    consoleMessages: results.map(({ consoleMessages }) => consoleMessages.map(address.symbolic)),
  };
}

function verdictOf(result: EngineResult, address: CaseAddress): Verdict {
  const said = result.consoleMessages.map((message) => {
    return address.symbolic(message).replaceAll(/moz-nullprincipal:\{[^}]*\}/g, anyOpaqueOrigin);
  });
  if (result.outcome === "ok") {
    const { outcome, status, type, redirected, headers } = result;
    const seen = headers.map(([name, value]) => [name, address.symbolic(value)] as const);
    return { outcome, status, type, redirected, headers: seen };
  }
  const learned = address.symbolic(result.errorMessage);
  if (result.engine !== "chromium") return { outcome: "error", reason: reasonOf(said) ?? learned };
  if (result.code === undefined) return { outcome: "error", code: "TypeError", message: learned };
  return { outcome: "error", code: result.code, message: said[0] ?? learned };
}

/** Firefox names an opaque origin by a number that is never the same. */
const anyOpaqueOrigin = "moz-nullprincipal:{…}";

/** Firefox puts the reason in brackets; WebKit's first line is it. */
function reasonOf([first]: readonly string[]): string | undefined {
  return /\(Reason: (.*?)\)\./s.exec(first ?? "")?.[1] ?? first;
}

const recordedHeaders = ["origin", "cookie", "authorization", "content-type"];
const recordedPrefix = "access-control-request-";

function wireRequest(request: ArrivedRequest, address: CaseAddress, scripted: ReadonlySet<string>): WireRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (!recordedHeaders.includes(lower) && !lower.startsWith(recordedPrefix) && !scripted.has(lower)) continue;
    const before = headers[lower];
    headers[lower] = address.symbolic(before === undefined ? value : `${before}, ${value}`);
  }
  const url = address.symbolic(`http://127.0.0.1:${request.port}${request.target}`);
  return { method: request.method, url, headers };
}

function scriptedNames({ steps }: UnplayedCase): ReadonlySet<string> {
  return new Set(steps.flatMap(({ request }) => request.headers.map(([name]) => name.toLowerCase())));
}
