// Does every relative link of the Markdown documents lead to a file, and to a heading in it? Prints those that do not; exit 1 then.

import process from "node:process";
import { fileURLToPath } from "node:url";
import { checkLinks } from "./docs/check-links.ts";
import { documents, markdownFiles } from "./docs/documents.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const files = documents(root, markdownFiles);
const faults = files.flatMap((file) => checkLinks(root, file));
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${files.length} documents\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
