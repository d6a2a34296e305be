import type { OracleCase, OracleRequest, ScriptedAnswer } from "../../oracle/oracle-case.ts";
import { locations, redirects } from "./answer-words.ts";
import { type Asker, allowLines, goodActual, goodPreflight, withLines } from "./answers.ts";
import type { Chooser } from "./chooser.ts";
import { spoilActual, spoilPreflight } from "./faults.ts";

type Server = OracleCase["server"];

/** Servers for a request that is redirected, and what is odd about them. */
export interface RedirectServers {
  readonly server: Server;
  readonly tags: readonly string[];
}

interface Hop {
  readonly url: string;
  readonly origin: string;
}

/** Redirects from origin to origin, most of them allowed, to an answer that most may read. */
export function draftRedirects(choose: Chooser, page: string, request: OracleRequest): RedirectServers {
  const hops = draftHops(choose, page, plain(request.url), choose.oneOf([1, 1, 1, 2, 2, 3, 4]));
  return serve(choose, hops, request);
}

/** As many redirects as make engines give up, or nearly. */
export function draftLongRedirects(choose: Chooser, page: string, request: OracleRequest): RedirectServers {
  return serve(choose, draftHops(choose, page, plain(request.url), choose.oneOf([18, 19, 20, 21])), request);
}

function serve(choose: Chooser, hops: readonly Hop[], request: OracleRequest): RedirectServers {
  const tags: string[] = [];
  const server: Record<string, Server[string]> = {};
  hops.forEach(({ url, origin }, index) => {
    const next = hops[index + 1];
    const asker: Asker = { origin: choose.chance(93) ? origin : choose.oneOf(["$A", "null"]), request };
    let preflight = goodPreflight(choose, { ...asker, origin: choose.chance(85) ? origin : "$A" });
    let actual = next === undefined ? goodActual(choose, asker) : redirectTo(choose, asker, next.url, tags);
    if (choose.chance(6)) {
      const spoiled = spoilActual(choose, actual, asker);
      actual = spoiled.answer;
      tags.push(spoiled.tag);
    } else if (choose.chance(4)) {
      const spoiled = spoilPreflight(choose, preflight, asker);
      preflight = spoiled.answer;
      tags.push(spoiled.tag);
    }
    server[url] = { preflight, actual };
  });
  return { server: withQueries(server, request.url), tags };
}

/** The same answers where the request has a query. */
export function withQueries(server: Server, url: string): Server {
  const asked = url.replace(/#.*$/, "");
  const answers = server[plain(url)];
  return !asked.startsWith("$") || answers === undefined ? server : { ...server, [asked]: answers };
}

/** Where a request for this URL arrives, without its query; a place where none arrives if it is no URL of the servers. */
export function plain(url: string): string {
  const bare = url.replace(/[?#].*$/, "").replace(/^http:\/\/(?:[^@/]*@)?\$h/i, "$");
  return bare.startsWith("$") ? bare : "$B/p1";
}

function redirectTo(choose: Chooser, asker: Asker, url: string, tags: string[]): ScriptedAnswer {
  const status = choose.oneOf(redirects);
  tags.push(`redirect-${status}`);
  const relative = choose.chance(25) && url.startsWith("$B");
  const headers = [["location", relative ? url.slice(2) : url] as const, ...allowLines(choose, asker)];
  const answer = { status, headers, body: "" };
  if (!choose.chance(14)) return answer;
  const form = choose.oneOf(Object.keys(locations));
  tags.push(`location:${form}`);
  return withLines(answer, "location", locations[form] ?? []);
}

/** Where it goes, and the origin that each hop is asked by: opaque as soon as a foreign origin sends on to yet another. */
function draftHops(choose: Chooser, page: string, first: string, count: number): readonly Hop[] {
  const hops: Hop[] = [{ url: first, origin: page }];
  for (let index = 0; index < count; index += 1) {
    const last = hops[index];
    if (last === undefined) break;
    const here = last.url.slice(0, 2);
    const there = choose.oneOf([here, here, "$A", "$B", "$C", "$D"]);
    const tainted = here !== there && here !== page;
    hops.push({ url: `${there}/p${index + 2}`, origin: tainted ? "null" : last.origin });
  }
  return hops;
}
