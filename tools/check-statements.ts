// Has each numbered statement that applies a test whose name begins with its number? Prints those that have none; exit 1 then.
// With `--report FILE` (vitest's JSON) only tests that passed in that run count.

import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { documents } from "./docs/documents.ts";
import { checkStatements } from "./statements/check-statements.ts";
import { readStatements } from "./statements/statement.ts";
import { passedStatements, testedStatements } from "./statements/tested-statements.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const { values } = parseArgs({ options: { report: { type: "string" } } });

const tested =
  values.report === undefined
    ? documents(root, ["packages/*/test/**/*.test.ts", "tests/**/*.ts"])
        .filter((file) => !file.startsWith("tests/tools/"))
        .flatMap((file) => testedStatements(readFileSync(`${root}${file}`, "utf8")))
    : passedStatements(readFileSync(values.report, "utf8"));

const statements = readStatements();
const faults = checkStatements(statements, tested);
for (const fault of faults) process.stdout.write(`${fault}\n`);

const applying = statements.filter(({ doesNotApply }) => doesNotApply === undefined);
const count = applying.filter(({ number }) => tested.includes(number)).length;
process.stdout.write(
  `${count} of ${applying.length} statements that apply have a test; ${tested.length} tests name one\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
