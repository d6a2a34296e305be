import type { OracleCase, OracleRequest } from "../../oracle/oracle-case.ts";
import { allowOriginFaults, decorations, exposed } from "./answer-words.ts";
import { type Asker, goodActual, goodPreflight, withLines } from "./answers.ts";
import type { Chooser } from "./chooser.ts";
import { spoilActual, spoilPreflight } from "./faults.ts";
import { draftLongRedirects, draftRedirects, plain, withQueries } from "./redirect-case.ts";
import { draftRequest } from "./request.ts";

/** What a kind makes of chance. */
export interface Draft {
  readonly tags: readonly string[];
  readonly page: string;
  readonly steps: OracleCase["steps"];
  readonly server: OracleCase["server"];
}

type Kind = (choose: Chooser) => Draft;

const draftPage = (choose: Chooser): string => (choose.chance(10) ? "null" : "$A");

/** One request to one server. */
function single(choose: Chooser, reach: "simple" | "any", change: Partial<OracleRequest> = {}, url = "$B/p1"): Draft {
  const page = draftPage(choose);
  const { request: drafted, tags } = draftRequest(choose, { url, reach });
  const request = { ...drafted, ...change };
  const asker: Asker = { origin: page, request };
  const all = [...tags];
  let preflight = goodPreflight(choose, asker);
  let actual = goodActual(choose, asker);
  if (choose.chance(40)) {
    const spoiled = reach === "any" && choose.chance(70) ? spoilPreflight(choose, preflight, asker) : undefined;
    if (spoiled !== undefined) preflight = spoiled.answer;
    const spoiledActual = spoiled === undefined ? spoilActual(choose, actual, asker) : undefined;
    if (spoiledActual !== undefined) actual = spoiledActual.answer;
    all.push(spoiled?.tag ?? spoiledActual?.tag ?? "");
  }
  const answers = { preflight: choose.chance(2) ? null : preflight, actual };
  return { tags: all, page, steps: [{ request }], server: withQueries({ [plain(request.url)]: answers }, request.url) };
}

/** Several faults at once: which is reported tells the order of the checks. */
function manyFaults(choose: Chooser): Draft {
  const draft = single(choose, "any");
  const [step] = draft.steps;
  if (step === undefined) return draft;
  const asker: Asker = { origin: draft.page, request: step.request };
  const tags = [...draft.tags];
  let preflight = goodPreflight(choose, asker);
  for (let count = 0; count < 3; count += 1) {
    const spoiled = spoilPreflight(choose, preflight, asker);
    preflight = spoiled.answer;
    tags.push(spoiled.tag);
  }
  const server = Object.fromEntries(
    Object.entries(draft.server).map(([url, { actual }]) => [url, { preflight, actual }]),
  );
  return { ...draft, tags, server };
}

/** What a script may read: the headers around expose lists, on answers that pass. */
function visible(choose: Chooser): Draft {
  const page = draftPage(choose);
  const own = choose.chance(20);
  const { request } = draftRequest(choose, { url: own ? "$A/p1" : "$B/p1", reach: "simple" });
  const asked = { ...request, headers: [], method: choose.oneOf(["GET", "GET", "POST", "HEAD"]), body: null };
  const answer = goodActual(choose, { origin: page, request: asked });
  const lines = [...answer.headers, ...choose.some(decorations, 9)];
  const exposing = withLines({ ...answer, headers: lines }, "access-control-expose-headers", choose.some(exposed, 2));
  const server = { [plain(asked.url)]: { preflight: null, actual: exposing } };
  return { tags: own ? ["own-origin"] : [], page, steps: [{ request: asked }], server: withQueries(server, asked.url) };
}

function redirect(choose: Chooser): Draft {
  const page = draftPage(choose);
  const url = choose.chance(15) ? "$A/p1" : "$B/p1";
  const { request, tags } = draftRequest(choose, { url, reach: choose.chance(60) ? "any" : "simple" });
  const redirected = choose.chance(4)
    ? draftLongRedirects(choose, page, request)
    : draftRedirects(choose, page, request);
  return { tags: [...tags, ...redirected.tags], page, steps: [{ request }], server: redirected.server };
}

function noCors(choose: Chooser): Draft {
  const page = draftPage(choose);
  const { request, tags } = draftRequest(choose, { url: "$B/p1", reach: choose.chance(60) ? "simple" : "any" });
  const asked: OracleRequest = {
    ...request,
    mode: "no-cors",
    redirect: choose.chance(85) ? "follow" : request.redirect,
  };
  const { server, tags: more } = choose.chance(40)
    ? draftRedirects(choose, page, asked)
    : { server: single(choose, "simple").server, tags: [] };
  const policy = choose.oneOf([
    "same-origin",
    "same-site",
    "cross-origin",
    "SAME-ORIGIN",
    "nonsense",
    "same-origin, same-origin",
  ]);
  const guarded = choose.chance(25);
  const answers = Object.entries(server).map(([url, { preflight, actual }]) => {
    return [url, { preflight, actual: guarded ? withLines(actual, "cross-origin-resource-policy", [policy]) : actual }];
  });
  const all = [...tags, ...more, ...(guarded ? [`corp:${policy}`] : [])];
  return { tags: all, page, steps: [{ request: asked }], server: withQueries(Object.fromEntries(answers), asked.url) };
}

function sameOrigin(choose: Chooser): Draft {
  const mode = choose.oneOf(["same-origin", "same-origin", "cors", "no-cors"]);
  if (choose.chance(60)) return single(choose, "any", { mode }, "$A/p1");
  const page = draftPage(choose);
  const { request, tags } = draftRequest(choose, { url: "$A/p1", reach: "any" });
  const asked = { ...request, mode };
  const { server, tags: more } = draftRedirects(choose, page, asked);
  return { tags: [...tags, ...more], page, steps: [{ request: asked }], server };
}

/** Requests that can not be made, or are out of the ordinary. */
function odd(choose: Chooser): Draft {
  const changes: Readonly<Record<string, Partial<OracleRequest>>> = {
    userinfo: { url: "http://u:p@$hB/p1" },
    "bad-port": { url: "http://127.0.0.1:6667/x" },
    "bad-url": { url: "http://[" },
    data: { url: "data:text/plain,hi" },
    "data-bad": { url: "data:bad" },
    blob: { url: "blob:null/00000000-0000-0000-0000-000000000000" },
    about: { url: "about:blank" },
    file: { url: "file:///nothing" },
    unknown: { url: "corsmith:x" },
    "same-origin-cross": { mode: "same-origin" },
    navigate: { mode: "navigate" },
    "bad-mode": { mode: "bogus" },
    "get-body": { method: "GET", body: "x" },
    "only-if-cached": { cache: "only-if-cached", mode: "same-origin", url: "$A/p1" },
    "only-if-cached-cors": { cache: "only-if-cached" },
    "bad-cache": { cache: "bogus" },
    "bad-redirect": { redirect: "bogus" },
    "bad-credentials": { credentials: "bogus" },
    "no-cors-put": { mode: "no-cors", method: "PUT" },
    "upper-scheme": { url: "HTTP://$hB/p1" },
  };
  const name = choose.oneOf(Object.keys(changes));
  const draft = single(choose, "any", changes[name]);
  return { ...draft, tags: [`odd:${name}`, ...draft.tags] };
}

/** Lines beside the one that is right, which may be nothing at all. */
function allowOriginLines(choose: Chooser): Draft {
  const draft = single(choose, choose.oneOf(["simple", "any"]));
  const fault = choose.oneOf(Object.keys(allowOriginFaults));
  const values = (allowOriginFaults[fault] ?? []).map((value) => value.replace("@", draft.page));
  const server = Object.fromEntries(
    Object.entries(draft.server).map(([url, { preflight, actual }]) => [
      url,
      { preflight, actual: withLines(actual, "access-control-allow-origin", values) },
    ]),
  );
  return { ...draft, tags: [...draft.tags, `actual-origin:${fault}`], server };
}

/** Kinds of cases, and how many of a hundred are of each. */
export const kinds: Readonly<Record<string, { readonly share: number; readonly draft: Kind }>> = {
  simple: { share: 18, draft: (choose) => single(choose, "simple") },
  preflight: { share: 24, draft: (choose) => single(choose, "any") },
  redirect: { share: 22, draft: redirect },
  visible: { share: 6, draft: visible },
  "no-cors": { share: 5, draft: noCors },
  "same-origin": { share: 4, draft: sameOrigin },
  odd: { share: 4, draft: odd },
  "many-faults": { share: 3, draft: manyFaults },
  "origin-lines": { share: 3, draft: allowOriginLines },
};
