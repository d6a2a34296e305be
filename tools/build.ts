// `npm run build`: builds what is published, and the console.

import process from "node:process";
import { build } from "./packages/build.ts";

const { code, output } = await build(process.argv.slice(2));
process.stdout.write(output);
process.exitCode = code;
