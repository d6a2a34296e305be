import { allowedOrigin, askedHeaders, askedMethod, benchLists, benchPolicy, refusedOrigin } from "../bench-policy.ts";
import { type Library, loadLibrary } from "../built-library.ts";
import { type Asking, type BenchRequest, benchRequest } from "../decide/bench-request.ts";
import { CollectingResponse } from "../decide/collecting-response.ts";
import { corsPackage } from "../decide/cors-package.ts";
import { formatNanoseconds, formatRatio } from "../format-figure.ts";
import { type Effort, interleave, type Prepare } from "../interleave.ts";
import { repeatableRandom } from "../repeatable-random.ts";
import { ratioOf, spreadOf } from "../spread.ts";
import type { BenchContext, Figure, Report, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { tenantOrigin } from "../tenant-origins.ts";

/** Our engine and our Node adapter beside the npm package `cors`, under the same policy. */
export const decideSuite: Suite = {
  name: "decide",
  about: "deciding and answering a request, against the npm package cors",
  run,
};

type Handle = (request: BenchRequest, response: CollectingResponse) => void;
type Contender = "cors" | "decide" | "engine" | "adapter";

async function run({ quick, progress }: BenchContext): Promise<Report> {
  const library = await loadLibrary(quick);
  const effort = quick ? quickEffort : fullEffort;
  const figures: Figure[] = [];
  const tables: Table[] = [];
  for (const { id, title, origins, again } of quick ? cases.filter((one) => one.origins <= 100) : cases) {
    const contenders = contendersFor(library, policyOrigins(origins));
    const rows: string[][] = [];
    for (const [name, ask] of askings(origins)) {
      progress(`${title}: ${name}`);
      refuseUnlike(name, contenders, ask);
      const { row, found } = measure(`${id}/${name.replaceAll(" ", "-")}`, contenders, requestsFor(ask, again), effort);
      rows.push([name, ...row]);
      figures.push(...found);
    }
    tables.push({ title, columns, rows });
  }
  return { notes: notesOn(library), tables, figures };
}

const fullEffort: Effort = { warmUpRounds: 6, rounds: 21, batches: 41, operations: 128 };
const quickEffort: Effort = { warmUpRounds: 1, rounds: 3, batches: 2, operations: 64 };

const columns = [
  "request",
  "cors",
  "decide",
  "decide ahead",
  "engine",
  "engine ahead",
  "node adapter",
  "adapter ahead",
];

interface Case {
  readonly id: string;
  readonly title: string;
  readonly origins: number;
  /** Is one request object sent again and again, whose strings have been hashed and compared before? */
  readonly again: boolean;
}

const cases: readonly Case[] = [
  { id: "1-origins", title: "Policy of one origin", origins: 1, again: false },
  {
    id: "1-origins-again",
    title: "Policy of one origin, the very same request again and again",
    origins: 1,
    again: true,
  },
  { id: "100-origins", title: "Policy of 100 origins", origins: 100, again: false },
  { id: "10000-origins", title: "Policy of 10,000 origins", origins: 10_000, again: false },
];

function requestsFor(ask: () => Asking, again: boolean): () => BenchRequest {
  if (!again) return () => benchRequest(ask());
  const request = benchRequest(ask());
  return () => request;
}

function notesOn({ kind }: Library): readonly string[] {
  const what = kind === "built" ? "the built JavaScript, as users run it" : "the sources, as they are";
  return [
    `Measured: ${what}; npm's cors 2.8.6 in the same process, in turns.`,
    "decide = the decision alone, with all values of its answer; cors has no such step of its own, so this is what asking costs, not what answering costs.",
    "engine = decide and respond, and the headers set on the response. node adapter = @corsmith/cors/node, which reads the raw header lines and sets its headers when the head is written.",
    "All set their headers on the same stand-in for a response, which only remembers them. The requests' strings are new each time, as a server's are, and have to be hashed; in the second table they are not.",
    "Ahead = cors' time divided by ours, pair by pair: the median, and in brackets the lowest and the highest.",
  ];
}

function policyOrigins(count: number): readonly string[] {
  return [allowedOrigin, ...Array.from({ length: count - 1 }, (_, index) => tenantOrigin(index))];
}

/** One origin is asked for by itself; of many, each is asked for as often as the others. */
function askings(count: number): readonly (readonly [name: string, ask: () => Asking])[] {
  const random = repeatableRandom(count);
  const origins = policyOrigins(count);
  const allowed = (): string => origins[random(count)] ?? allowedOrigin;
  const refused = (): string => (count === 1 ? refusedOrigin : `${allowed().slice(0, -1)}n`);
  const preflight = { method: "OPTIONS", requestMethod: askedMethod, requestHeaders: askedHeaders };
  return [
    ["actual allowed", () => ({ method: "GET", origin: allowed() })],
    ["actual refused", () => ({ method: "GET", origin: refused() })],
    ["preflight allowed", () => ({ ...preflight, origin: allowed() })],
    ["preflight refused origin", () => ({ ...preflight, origin: refused() })],
  ];
}

function contendersFor({ core, node }: Library, origins: readonly string[]): Readonly<Record<Contender, Handle>> {
  const policy = core.definePolicy(benchPolicy(origins));
  const { methods, headers, exposed, maxAge } = benchLists;
  const theirs = corsPackage({
    origin: origins,
    credentials: true,
    methods,
    allowedHeaders: headers,
    exposedHeaders: exposed,
    maxAge,
  });
  const adapter = node.cors(policy);
  return {
    cors: (request, response) => theirs(request, response, () => response.end()),
    // The status is kept, so that nobody can leave the decision out.
    decide: (request, response) => {
      response.statusCode = core.decide(policy, factsOf(request)).status ?? 200;
    },
    engine: (request, response) => answerByEngine(core, policy, request, response),
    adapter: (request, response) => adapter(request, response, () => void response.end()),
  };
}

/** What somebody writes who uses the engine without an adapter. */
function answerByEngine(
  { decide, respond, mergeVary }: Library["core"],
  policy: Parameters<Library["core"]["decide"]>[0],
  request: BenchRequest,
  response: CollectingResponse,
): void {
  const answer = respond(decide(policy, factsOf(request)));
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.vary !== undefined) response.setHeader("Vary", mergeVary(response.getHeader("Vary"), answer.vary));
  if (answer.status !== undefined) response.statusCode = answer.status;
  response.end();
}

function factsOf({ method, headers }: BenchRequest): Parameters<Library["core"]["decide"]>[1] {
  return {
    method,
    origin: headers["origin"],
    requestMethod: headers["access-control-request-method"],
    requestHeaders: headers["access-control-request-headers"],
  };
}

/** A figure means nothing if one of them did not do the work. */
function refuseUnlike(name: string, contenders: Readonly<Record<Contender, Handle>>, ask: () => Asking): void {
  const asking = ask();
  const answering = Object.entries(contenders).filter(([contender]) => contender !== "decide");
  const grants = answering.map(([contender, handle]) => {
    const response = new CollectingResponse();
    handle(benchRequest(asking), response);
    const lines = new Map(response.headers());
    return { contender, granted: lines.get("access-control-allow-origin"), vary: lines.get("vary") };
  });
  const expected = name.includes("allowed") ? asking.origin : undefined;
  const wrong = grants.find(({ granted, vary }) => granted !== expected || vary?.startsWith("Origin") !== true);
  if (wrong !== undefined) throw new Error(`${name}: ${JSON.stringify(wrong)} is not what the policy says.`);
}

function measure(
  id: string,
  contenders: Readonly<Record<Contender, Handle>>,
  next: () => BenchRequest,
  effort: Effort,
): { readonly row: readonly string[]; readonly found: readonly Figure[] } {
  const spent = interleave(
    {
      cors: batchesOf(contenders.cors, next),
      decide: batchesOf(contenders.decide, next),
      engine: batchesOf(contenders.engine, next),
      adapter: batchesOf(contenders.adapter, next),
    },
    effort,
  );
  const decide = ratioOf(spent.cors, spent.decide);
  const engine = ratioOf(spent.cors, spent.engine);
  const adapter = ratioOf(spent.cors, spent.adapter);
  const times = {
    cors: spreadOf(spent.cors),
    decide: spreadOf(spent.decide),
    engine: spreadOf(spent.engine),
    adapter: spreadOf(spent.adapter),
  };
  return {
    row: [
      formatNanoseconds(times.cors.median),
      formatNanoseconds(times.decide.median),
      formatRatio(decide),
      formatNanoseconds(times.engine.median),
      formatRatio(engine),
      formatNanoseconds(times.adapter.median),
      formatRatio(adapter),
    ],
    found: [
      { id: `${id}/decide-ahead`, unit: "ratio", ...decide },
      { id: `${id}/engine-ahead`, unit: "ratio", ...engine },
      { id: `${id}/adapter-ahead`, unit: "ratio", ...adapter },
      { id: `${id}/cors`, unit: "ns", ...times.cors },
      { id: `${id}/decide`, unit: "ns", ...times.decide },
      { id: `${id}/engine`, unit: "ns", ...times.engine },
      { id: `${id}/adapter`, unit: "ns", ...times.adapter },
    ],
  };
}

function batchesOf(handle: Handle, next: () => BenchRequest): Prepare {
  return (operations) => {
    const requests = Array.from({ length: operations }, next);
    const responses = requests.map(() => new CollectingResponse());
    return () => {
      for (let index = 0; index < operations; index += 1) {
        handle(requests[index] as BenchRequest, responses[index] as CollectingResponse);
      }
    };
  };
}
