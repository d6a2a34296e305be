// Does all TypeScript in README, docs and doc comments compile, and run? Prints what does not, with file and line; exit 1 then.

import process from "node:process";
import { fileURLToPath } from "node:url";
import { checkCode } from "./docs/check-code.ts";
import { collectCode } from "./docs/collect-code.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const found = collectCode(root);
const pieces = found.filter((each) => "code" in each);
const faults = found.flatMap((each) => ("fault" in each ? [`${each.file}:${each.line}: ${each.fault}`] : []));
if (pieces.length === 0) faults.push("no TypeScript found in any document, so nothing was checked");
else faults.push(...(await checkCode(pieces, fileURLToPath(new URL("../docs-code", import.meta.url)))));

for (const fault of faults) process.stdout.write(`${fault}\n`);
const ran = pieces.filter(({ run }) => run).length;
process.stdout.write(`${pieces.length} examples in the documents, ${ran} of them run\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
