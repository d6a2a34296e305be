import {
  type Behaviour,
  type Engine,
  openPage,
  type PageRequestInit,
  type Trace,
  type Transport,
} from "@corsmith/cors/browser";
import type { OracleCase, ScriptedAnswer } from "./oracle-case.ts";
import { scriptCookies } from "./script-cookies.ts";
import { withOrigins } from "./symbols.ts";

const notFound: ScriptedAnswer = { status: 404, headers: [], body: "" };

/** Runs the steps of a case on a page of the simulator, against a server that answers as the recorded one did. */
export async function replayCase(
  oracleCase: OracleCase,
  engine: Engine,
  behaviour: Partial<Behaviour> = {},
): Promise<readonly Trace[]> {
  let clock = 0;
  const page = openPage({
    origin: oracleCase.page === "null" ? "null" : withOrigins(oracleCase.page),
    baseUrl: withOrigins("$A/"),
    engine,
    behaviour,
    transport: scriptedServer(oracleCase),
    cookieJar: scriptCookies(oracleCase.cookies),
    now: () => clock,
  });
  const traces: Trace[] = [];
  for (const { request, delay = 0 } of oracleCase.steps) {
    clock += delay;
    const { url, headers, ...init } = request;
    const written: [string, string][] = headers.map(([name, value]) => [name, withOrigins(value)]);
    const options = { ...init, headers: written } as PageRequestInit;
    traces.push(await page.trace(withOrigins(url), options));
  }
  return traces;
}

function scriptedServer({ server }: OracleCase): Transport {
  const routes = new Map(Object.entries(server).map(([url, answers]) => [new URL(withOrigins(url)).href, answers]));
  return async ({ method, url, headers }) => {
    const route = routes.get(url);
    const preflight =
      method === "OPTIONS" && headers.some(([name]) => name.toLowerCase() === "access-control-request-method");
    const answer = (preflight ? route?.preflight : route?.actual) ?? notFound;
    const lines = answer.headers.map(([name, value]) => [name, withOrigins(value)] as const);
    return { status: answer.status, headers: lines, body: answer.body ?? "" };
  };
}
