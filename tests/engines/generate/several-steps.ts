import type { OracleCase, OracleRequest, ScriptedAnswer } from "../../oracle/oracle-case.ts";
import { maxAges } from "./answer-words.ts";
import { type Asker, goodActual, goodPreflight, withLines } from "./answers.ts";
import type { Chooser } from "./chooser.ts";
import { spoilActual } from "./faults.ts";
import type { Draft } from "./kinds.ts";
import { plain, withQueries } from "./redirect-case.ts";
import { draftRequest } from "./request.ts";

type Change = (request: OracleRequest, choose: Chooser) => OracleRequest;

/** What the next request has otherwise than the first. */
const changes: Readonly<Record<string, Change>> = {
  same: (request) => request,
  method: (request) => ({ ...request, method: "PUT" }),
  "safe-method": (request) => ({ ...request, method: "POST" }),
  header: (request) => ({ ...request, headers: [...request.headers, ["x-second", "1"]] }),
  "unlisted-header": (request) => ({ ...request, headers: [...request.headers, ["x-unlisted", "1"]] }),
  "fewer-headers": (request) => ({ ...request, headers: request.headers.slice(1) }),
  "header-value": (request) => ({ ...request, headers: request.headers.map(([name]) => [name, "changed"] as const) }),
  credentials: (request, choose) => ({ ...request, credentials: choose.oneOf(["include", "same-origin", "omit"]) }),
  cache: (request, choose) => ({ ...request, cache: choose.oneOf(["no-store", "reload", "no-cache", "force-cache"]) }),
  query: (request) => ({ ...request, url: `${plain(request.url)}?other` }),
};

/** Two or three requests, one after the other: what is kept of a preflight, and of cookies. */
export function severalSteps(choose: Chooser): Draft {
  const page = choose.chance(10) ? "null" : "$A";
  const { request: drafted, tags } = draftRequest(choose, { url: "$B/p1", reach: "any" });
  const first: OracleRequest = { ...drafted, redirect: "follow" };
  const steps: { delay?: number; request: OracleRequest }[] = [{ request: first }];
  const all = [...tags];
  for (let count = choose.chance(25) ? 2 : 1; count > 0; count -= 1) {
    const name = choose.oneOf(Object.keys(changes));
    all.push(`then:${name}`);
    const request = changes[name]?.(first, choose) ?? first;
    const wait = choose.chance(6) ? choose.oneOf([1500, 2500]) : 0;
    steps.push(wait === 0 ? { request } : { delay: wait, request });
  }
  const asker: Asker = { origin: page, request: first };
  const preflight = kept(choose, goodPreflight(choose, asker));
  const answer = goodActual(choose, asker);
  const spoiled = choose.chance(12) ? spoilActual(choose, answer, asker) : { answer, tag: undefined };
  if (spoiled.tag !== undefined) all.push(spoiled.tag);
  // Firefox keeps what a sandboxed frame is given in a jar of its own, which is no matter of Fetch.
  const sets = page !== "null" && choose.chance(20);
  // Nothing but preflights may be kept: what a cache of responses would do is not our matter.
  const actual = withLines(withLines(spoiled.answer, "cache-control", ["no-store"]), "set-cookie", sets ? ["k=v"] : []);
  const answers: OracleCase["server"][string] = { preflight, actual };
  const server = steps.reduce((sofar, { request }) => withQueries(sofar, request.url), { [plain(first.url)]: answers });
  return { tags: all, page, steps, server };
}

function kept(choose: Chooser, answer: ScriptedAnswer): ScriptedAnswer {
  const lists = answer.headers.map(([name, value]) => {
    if (name !== "access-control-allow-headers" || value === "*") return [name, value] as const;
    return [name, `${value}, x-a, x-second`] as const;
  });
  const values = choose.chance(70) ? [choose.oneOf(maxAges)] : [];
  return withLines({ ...answer, headers: lists }, "access-control-max-age", values);
}
