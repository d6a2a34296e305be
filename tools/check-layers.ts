// Are the imports of every package as tools/layers.json says? Prints what is not; exit 1 then.

import process from "node:process";
import { fileURLToPath } from "node:url";
import { checkPackage } from "./layers/check-package.ts";
import { readLayerTable } from "./layers/layer-table.ts";

const root = new URL("../", import.meta.url);
const faults = Object.entries(readLayerTable()).flatMap(([folder, layers]) =>
  checkPackage(fileURLToPath(new URL(folder, root)), layers).map((fault) => `${folder}: ${fault}`),
);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
