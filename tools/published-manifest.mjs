// `npm pack` of the package in the working folder: before it, `exchange` puts the package.json in place that is published; after it,
// `take-back` gives the package its own again. Plain JavaScript without dependencies, because npm runs it on the machine's own Node.

import process from "node:process";
import { exchangeManifest, takeBackManifest } from "./packages/published-manifest.mjs";

if (process.argv[2] === "exchange") exchangeManifest(process.cwd());
else takeBackManifest(process.cwd());
