import { spreadOf } from "./spread.ts";

/**
 * Makes a batch of work ready, untimed, and returns the work. The timed part does all `operations` in a loop of its own, so that the loop
 * can be optimised for what it calls.
 */
export type Prepare = (operations: number) => () => void;

/** How long to measure. */
export interface Effort {
  /** Rounds that are not counted: the compiler is still at work. */
  readonly warmUpRounds: number;
  /** Rounds that are counted. Each gives one figure a candidate, and one ratio a pair. */
  readonly rounds: number;
  /** Batches of each candidate in a round. The middle one counts: a batch in which the system did something else does not. */
  readonly batches: number;
  /** Operations in a batch. */
  readonly operations: number;
}

/**
 * Measures candidates in turns, A B A B, in one process: what disturbs the machine disturbs them alike. The order is turned round after
 * every batch, so that none is always the one that comes after the other's garbage.
 *
 * @returns nanoseconds an operation, one figure a round
 */
export function interleave<Name extends string>(
  candidates: Readonly<Record<Name, Prepare>>,
  effort: Effort,
): Readonly<Record<Name, readonly number[]>> {
  const names = Object.keys(candidates) as Name[];
  const figures = noFigures(names);
  for (let round = -effort.warmUpRounds; round < effort.rounds; round += 1) {
    const batches = timeRound(candidates, names, effort);
    if (round < 0) continue;
    for (const name of names) figures[name].push(spreadOf(batches[name]).median / effort.operations);
  }
  return figures;
}

function timeRound<Name extends string>(
  candidates: Readonly<Record<Name, Prepare>>,
  names: readonly Name[],
  { batches, operations }: Effort,
): Readonly<Record<Name, readonly number[]>> {
  const spent = noFigures(names);
  for (let batch = 0; batch < batches; batch += 1) {
    for (const name of batch % 2 === 0 ? names : names.toReversed()) {
      const work = candidates[name](operations);
      const begun = process.hrtime.bigint();
      work();
      spent[name].push(Number(process.hrtime.bigint() - begun));
    }
  }
  return spent;
}

function noFigures<Name extends string>(names: readonly Name[]): Record<Name, number[]> {
  return Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
}
