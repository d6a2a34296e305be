import { appendFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { measureAgreement } from "./comparison.ts";
import { describeAgreement, describeDisagreement, describeRecognition } from "./describe-comparison.ts";
import { generateCases } from "./generate/generate-cases.ts";
import { namedEngines } from "./named-engines.ts";
import { recognise } from "./recognition.ts";

// Plays freshly generated cases in the real engines and tells where the simulator does otherwise, and which lines of the console are not
// recognised: npm run engines -- --engine firefox --cases 2000 --seed 7 [--case g7-12] [--messages FILE]
const { values } = parseArgs({
  options: {
    engine: { type: "string", multiple: true },
    cases: { type: "string", default: "2000" },
    seed: { type: "string" },
    case: { type: "string" },
    messages: { type: "string" },
  },
});
const seed = wholeNumber("seed", values.seed ?? String(Date.now() % 1_000_000));
const all = generateCases(seed, wholeNumber("cases", values.cases));
const cases = values.case === undefined ? all : all.filter(({ id }) => id === values.case);

let agreed = true;
for (const engine of namedEngines(values.engine)) {
  const agreement = await measureAgreement(engine, cases, (done, disagreement) => {
    if (done % 50 === 0) process.stderr.write(`${engine}: ${done} of ${cases.length}\n`);
    if (disagreement === undefined) return;
    process.stdout.write(`${describeDisagreement(engine, disagreement)}\n`);
    agreed = false;
  });
  const recognition = recognise(agreement.printed);
  agreed = agreed && recognition.wrong.length === 0;
  process.stdout.write(`${describeAgreement(agreement, seed)}\n${describeRecognition(recognition)}\n`);
  if (values.messages !== undefined) {
    const lines = agreement.printed.map((printed) => JSON.stringify({ engine, ...printed }));
    appendFileSync(values.messages, `${lines.join("\n")}\n`);
  }
}
process.exitCode = agreed ? 0 : 1;

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`--${name}: "${text}" is no whole number. Write one, such as --${name} 2000.\n`);
  return process.exit(2);
}
