import { spreadOf } from "../spread.ts";

/** How long to measure. */
export interface Turns {
  /** Rounds that are not counted. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Milliseconds of a turn at least. */
  readonly turn: number;
}

/**
 * Measures work that has to be awaited, in turns: A B A B. One operation after the other, so that it is the cost of each and not how many
 * can be under way at once.
 *
 * @returns nanoseconds an operation, one figure a round
 */
export async function takeTurns<Name extends string>(
  candidates: Readonly<Record<Name, () => Promise<unknown>>>,
  { warmUp, rounds, turn }: Turns,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(candidates) as Name[];
  const figures = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const spent = await oneTurn(candidates[name], turn);
      if (round >= 0) figures[name].push(spent);
    }
  }
  return figures;
}

/** The middle of batches: one in which the system did something else does not count. */
async function oneTurn(run: () => Promise<unknown>, turn: number): Promise<number> {
  const until = performance.now() + turn;
  const batches: number[] = [];
  while (batches.length === 0 || performance.now() < until) {
    const begun = process.hrtime.bigint();
    for (let index = 0; index < operations; index += 1) await run();
    batches.push(Number(process.hrtime.bigint() - begun) / operations);
  }
  return spreadOf(batches).median;
}

const operations = 16;
