import { writeFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type OracleCase, type RealEngine, readOracle, realEngines } from "../oracle/oracle-case.ts";
import { type EngineHarness, openHarness } from "./harness.ts";
import { namedEngines } from "./named-engines.ts";
import type { PlayedCase } from "./play-case.ts";
import { recordedCase, recordedPlay } from "./recorded-case.ts";
import { readRecordedVersions, recordedVersionsFile } from "./recorded-versions.ts";

// Plays every recorded case again in the engines of this machine whose versions are not the recorded ones (or in those that are named by
// --engine), and writes what they do now in the place of what they did.
const { values } = parseArgs({ options: { engine: { type: "string", multiple: true } } });
const wanted = namedEngines(values.engine);
const cases = readOracle();
const versions: Record<RealEngine, string> = { ...readRecordedVersions() };
const played = new Map<RealEngine, readonly PlayedCase[]>();
for (const engine of realEngines) {
  const again = wanted.includes(engine) ? await playAgain(engine) : undefined;
  if (again !== undefined) played.set(engine, again);
}
if (played.size > 0) write();

async function playAgain(engine: RealEngine): Promise<readonly PlayedCase[] | undefined> {
  const harness = await openHarness(engine);
  try {
    if (values.engine === undefined && harness.version === versions[engine]) {
      process.stderr.write(`${engine} ${harness.version} is recorded.\n`);
      return undefined;
    }
    const results: PlayedCase[] = [];
    for (const recorded of cases) {
      results.push(await confirmedPlay(harness, engine, recorded));
      if (results.length % 50 === 0)
        process.stderr.write(`${engine} ${harness.version}: ${results.length} of ${cases.length}\n`);
    }
    versions[engine] = harness.version;
    return results;
  } finally {
    await harness.close();
  }
}

/** What the engine did twice, the recording counting as one time. */
async function confirmedPlay(harness: EngineHarness, engine: RealEngine, recorded: OracleCase): Promise<PlayedCase> {
  const seen = [recordedPlay(recorded, engine)];
  while (seen.length < 5) {
    const result = await harness.play(recorded);
    if (result === undefined) throw new Error(`${engine} hangs over ${recorded.id}.`);
    if (seen.some((before) => sameVerdict(before, result))) {
      if (!sameVerdict(seen[0] ?? result, result))
        process.stderr.write(`${engine} does otherwise now: ${recorded.id}\n`);
      return result;
    }
    seen.push(result);
  }
  throw new Error(`${engine} does otherwise every time with ${recorded.id}.`);
}

function sameVerdict(one: PlayedCase, other: PlayedCase): boolean {
  const judged = ({ steps, wire }: PlayedCase): string =>
    JSON.stringify([
      steps.map(({ outcome, code, status, type, redirected }) => [outcome, code, status, type, redirected]),
      wire.map(({ method, url, headers }) => [method, url, headers["origin"], headers["cookie"]]),
    ]);
  return judged(one) === judged(other);
}

function write(): void {
  const lines = cases.map((recorded, index) => {
    const of = (engine: RealEngine): PlayedCase => played.get(engine)?.[index] ?? recordedPlay(recorded, engine);
    return JSON.stringify(
      recordedCase(recorded, { chromium: of("chromium"), firefox: of("firefox"), webkit: of("webkit") }),
    );
  });
  const recording = new URL("../oracle/browser-verdicts.jsonl.gz", import.meta.url);
  writeFileSync(recording, gzipSync(`${lines.join("\n")}\n`, { level: 9 }));
  writeFileSync(recordedVersionsFile, `${JSON.stringify(versions, undefined, 2)}\n`);
}
