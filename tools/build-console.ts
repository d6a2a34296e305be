// Builds the console if it is missing or older than its sources; `npm start` does so before it serves. Says something only if it fails.

import process from "node:process";
import { buildConsole } from "./packages/build-console.ts";

const { code, output } = buildConsole();
process.stderr.write(output);
process.exitCode = code;
