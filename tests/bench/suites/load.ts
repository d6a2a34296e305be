import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bundleLibrary } from "../../../tools/packages/bundle-library.ts";
import { digits, formatRatio } from "../format-figure.ts";
import { ratioOf, spreadOf } from "../spread.ts";
import type { BenchContext, Figure, Report, Suite } from "../suite.ts";

/** What it costs a program's start to load our Express adapter. */
export const loadSuite: Suite = {
  name: "load",
  about: "loading the Express adapter in a fresh process, against the npm package cors",
  run,
};

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Programs that print how many milliseconds the loading took, by format. */
const programs: Readonly<Record<string, (name: string) => readonly string[]>> = {
  import: (name) => ["--input-type=module", "--eval", timed(`await import(${JSON.stringify(name)})`)],
  require: (name) => ["--eval", timed(`require(${JSON.stringify(name)})`)],
};

function timed(loading: string): string {
  return `const begun = process.hrtime.bigint(); ${loading}; console.log(Number(process.hrtime.bigint() - begun) / 1e6);`;
}

async function run({ quick, progress }: BenchContext): Promise<Report> {
  progress("bundling the library");
  await bundleLibrary();
  const rounds = quick ? 3 : 15;
  const rows: string[][] = [];
  const figures: Figure[] = [];
  for (const [format, program] of Object.entries(programs)) {
    progress(`${format}, ${rounds} processes each`);
    const { cors, corsmith } = inTurns(program, rounds);
    const ratio = ratioOf(corsmith, cors);
    const times = { cors: spreadOf(cors), corsmith: spreadOf(corsmith) };
    rows.push([format, `${digits(times.cors.median)} ms`, `${digits(times.corsmith.median)} ms`, formatRatio(ratio)]);
    figures.push(
      { id: `${format}/corsmith-to-cors`, unit: "ratio", ...ratio },
      { id: `${format}/cors`, unit: "ms", ...times.cors },
      { id: `${format}/corsmith`, unit: "ms", ...times.corsmith },
    );
  }
  const title = "Milliseconds until it is loaded, and how many times as long ours takes";
  return {
    notes: [`Measured: the built package, by ${rounds} fresh processes each, in turns; the middle of them.`],
    tables: [{ title, columns: ["format", "cors", "@corsmith/cors/express", "ours : cors"], rows }],
    figures,
  };
}

/** One after the other, the order turned round in every round: what disturbs the machine disturbs both. */
function inTurns(program: (name: string) => readonly string[], rounds: number) {
  const cors: number[] = [];
  const corsmith: number[] = [];
  const turns = [
    () => cors.push(milliseconds(program("cors"))),
    () => corsmith.push(milliseconds(program("@corsmith/cors/express"))),
  ];
  // One that is not counted: it reads the files from the disk.
  for (const turn of turns) turn();
  cors.length = 0;
  corsmith.length = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) turn();
  }
  return { cors, corsmith };
}

function milliseconds(args: readonly string[]): number {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  const took = Number.parseFloat(stdout);
  if (!(took > 0)) throw new Error(`It did not load:\n${stderr}`);
  return took;
}
