import type { DifferenceOf } from "../oracle/compare-case.ts";
import type { RealEngine } from "../oracle/oracle-case.ts";
import { type Agreement, agreementOn, type Disagreement } from "./comparison.ts";
import type { Recognition } from "./recognition.ts";

const abouts: readonly (readonly DifferenceOf[])[] = [["outcome"], ["response", "visible headers"], ["code"], ["wire"]];

/** One line for each thing in which they were compared. */
export function describeAgreement(agreement: Agreement, seed: number): string {
  const { engine, version, cases, seconds, unplayable, printed } = agreement;
  const percents = abouts.map((about) => `${about.join(" and ")} ${agreementOn(agreement, about).toFixed(2)} %`);
  const hung = unplayable.length === 0 ? "" : `; hung over ${unplayable.map(({ id }) => id).join(", ")}`;
  const lines = printed.flatMap((said) => said.lines).length;
  return `${engine} ${version}, seed ${seed}: ${cases} cases in ${seconds.toFixed(0)} s, agreement on ${percents.join(", ")}; ${lines} lines in the console${hung}`;
}

/** A case and what differs, for a person who looks for the reason. */
export function describeDisagreement(engine: RealEngine, { unplayed, differences }: Disagreement): string {
  const { id, page, tags, steps, server } = unplayed;
  const requests = steps.map(({ delay, request }) =>
    JSON.stringify({ ...(delay === undefined ? {} : { delay }), ...request }),
  );
  const answers = Object.entries(server).flatMap(([url, { preflight, actual }]) => [
    `  ${url} OPTIONS → ${JSON.stringify(preflight)}`,
    `  ${url} → ${JSON.stringify(actual)}`,
  ]);
  return [
    `${engine} ${id} on ${page}: ${tags.join(" ")}`,
    ...differences.map(({ of, words }) => `  ! ${of}: ${words}`),
    ...requests.map((request) => `  > ${request}`),
    ...answers,
  ].join("\n");
}

/** How many lines were recognised, and those that were not. */
export function describeRecognition({ lines, requests, wrong }: Recognition): string {
  const told = (counts: Recognition["lines"]): string => {
    const all = counts.first + counts.among + counts["no reason"] + counts.wrong;
    return `${all - counts.wrong} of ${all} (${counts.first} named first, ${counts.among} among others, ${counts["no reason"]} without a reason)`;
  };
  return [
    `  lines recognised: ${told(lines)}; pasted whole: ${told(requests)}`,
    ...wrong.map((text) => `  not recognised: ${text}`),
  ].join("\n");
}
