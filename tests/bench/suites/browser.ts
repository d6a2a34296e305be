import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerTo, type BenchCase, benchCases } from "../browser/bench-case.ts";
import { type Contender, happyDom, inMemory, jsdom, overSockets } from "../browser/contender.ts";
import { takeTurns } from "../browser/take-turns.ts";
import { loadLibrary } from "../built-library.ts";
import { formatRatio } from "../format-figure.ts";
import { ratioOf, type Spread, spreadOf } from "../spread.ts";
import type { BenchContext, Figure, Report, Suite } from "../suite.ts";

/** Our simulated browser beside the two simulated documents that have a CORS check. */
export const browserSuite: Suite = {
  name: "browser",
  about: "tracing a fetch as a browser makes it, against jsdom's XMLHttpRequest and happy-dom's fetch",
  run,
};

type Name = "memory" | "sockets" | "jsdom" | "happyDom";

async function run({ quick, progress }: BenchContext): Promise<Report> {
  const library = await loadLibrary(quick);
  const server = await startServer();
  const contenders: Readonly<Record<Name, Contender>> = {
    memory: inMemory(library),
    sockets: overSockets(library, server.url),
    jsdom: jsdom(server.url),
    happyDom: happyDom(server.url),
  };
  const rows: string[][] = [];
  const figures: Figure[] = [];
  try {
    for (const benchCase of benchCases) {
      progress(benchCase.title);
      const agreeing = await thoseThatAgree(benchCase, contenders);
      const { row, found } = await measure(benchCase, agreeing, quick);
      rows.push([benchCase.title, ...row]);
      figures.push(...found);
    }
  } finally {
    for (const contender of Object.values(contenders)) await contender.close();
    await server.close();
  }
  const what = library.kind === "built" ? "the built JavaScript, as users run it" : "the sources, as they are";
  return { notes: [`Measured: ${what}.`, ...notes], tables: [{ title: "Requests of a page", columns, rows }], figures };
}

const notes: readonly string[] = [
  "in memory = our trace, every step of it, with a server that is a function; one trace after the other, on one core.",
  "sockets = our fetch through node:http to a server in this process, as jsdom and happy-dom ask it: they have no other way, so this is the fair comparison. Of each figure the server and the sockets are a part.",
  "Ahead = their time divided by ours over sockets, round by round: the median, and in brackets the lowest and the highest. memory/… = their time divided by ours in memory.",
  "Each was asked first whether the page may read the answer. A contender that says otherwise than the standard is left out and shown as differs: its time would be that of something else.",
];

const columns = ["request", "in memory", "sockets", "jsdom", "happy-dom", "ahead of jsdom", "ahead of happy-dom"];

async function startServer(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { status, headers } = answerTo(request.method ?? "", request.url ?? "");
    response.writeHead(status, headers.flat());
    request.resume().once("end", () => response.end(status === 204 ? undefined : "{}"));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A figure means nothing if the verdict is another. Ours must be right, or nothing is worth measuring. */
async function thoseThatAgree(
  benchCase: BenchCase,
  contenders: Readonly<Record<Name, Contender>>,
): Promise<Readonly<Partial<Record<Name, Contender>>>> {
  const agreeing: Partial<Record<Name, Contender>> = {};
  for (const [name, contender] of Object.entries(contenders) as [Name, Contender][]) {
    if ((await contender.ask(benchCase)) === benchCase.readable) agreeing[name] = contender;
    else if (name === "memory" || name === "sockets") throw new Error(`${benchCase.title}: our own verdict is wrong.`);
  }
  return agreeing;
}

async function measure(
  benchCase: BenchCase,
  contenders: Readonly<Partial<Record<Name, Contender>>>,
  quick: boolean,
): Promise<{ readonly row: readonly string[]; readonly found: readonly Figure[] }> {
  const asking = Object.entries(contenders).map(([name, { ask }]) => [name, () => ask(benchCase)] as const);
  const turns = quick ? { warmUp: 0, rounds: 2, turn: 1 } : { warmUp: 2, rounds: 9, turn: 300 };
  const spent: Readonly<Partial<Record<Name, readonly number[]>>> = await takeTurns(Object.fromEntries(asking), turns);
  const found: Figure[] = [];
  const rate = (name: Name): string => {
    const times = spent[name];
    if (times === undefined) return "differs";
    const rates = spreadOf(times.map((time) => 1e9 / time));
    found.push({ id: `${benchCase.id}/${name}`, unit: "traces/s", ...rates });
    return `${Math.round(rates.median).toLocaleString("en")} /s`;
  };
  const ahead = (name: Name): string => {
    const [theirs, ours, memory] = [spent[name], spent.sockets, spent.memory];
    if (theirs === undefined || ours === undefined || memory === undefined) return "–";
    const ratio: Spread = ratioOf(theirs, ours);
    found.push({ id: `${benchCase.id}/sockets-ahead-of-${name}`, unit: "ratio", ...ratio });
    found.push({ id: `${benchCase.id}/memory-ahead-of-${name}`, unit: "ratio", ...ratioOf(theirs, memory) });
    return formatRatio(ratio);
  };
  const rates = (["memory", "sockets", "jsdom", "happyDom"] as const).map(rate);
  return { row: [...rates, ahead("jsdom"), ahead("happyDom")], found };
}
