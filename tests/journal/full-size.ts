// `node --conditions=@corsmith/source tests/journal/full-size.ts kill|outage`: what the tests do in small, at full size, with its figures on
// stdout. The flood has a program of its own, since its memory is measured: flood.ts.

import process from "node:process";
import { killRounds } from "./kill-rounds.ts";
import { outage } from "./outage.ts";

const progress = (what: unknown): void => {
  process.stderr.write(`${String(what)}\n`);
};

async function main(what: string | undefined): Promise<unknown> {
  if (what === "kill") {
    const { rounds, keptAtTheEnd, integrity } = await killRounds(100, 1, (round) =>
      progress(`round ${round + 1} of 100`),
    );
    return {
      rounds: rounds.length,
      opened: integrity.filter((verdict) => verdict === "ok").length,
      requests: rounds.reduce((sum, { sent }) => sum + sent, 0),
      missing: rounds.filter(({ kept, answeredInTime }) => kept < answeredInTime).length,
      tooMany: rounds.filter(({ kept, sent }) => kept > sent).length,
      changedLater: rounds.filter(({ kept }, place) => kept !== keptAtTheEnd[place]).length,
    };
  }
  if (what === "outage") return await outage(60, progress);
  throw new Error("Say kill or outage.");
}

process.stdout.write(`${JSON.stringify(await main(process.argv[2]), undefined, 2)}\n`);
