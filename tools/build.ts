// `npm run build`: compiles the published packages into their `dist/`, clears away what earlier sources left there, and builds the console.

import process from "node:process";
import { build } from "./packages/build.ts";

const { code, output } = build(process.argv.slice(2));
process.stdout.write(output);
process.exitCode = code;
