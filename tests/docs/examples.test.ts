import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { serversOfTheirOwn } from "../examples/servers-of-their-own.ts";
import { requireProgram, requirePythonModule } from "../support/real-thing.ts";
import { runMarkdown } from "./run/run-markdown.ts";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const folders = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && !serversOfTheirOwn.has(entry.name) ? [entry.name] : [],
);
const shell = requireProgram("bash", "bash") && requireProgram("curl", "curl");
const python = requirePythonModule("fastapi", "python3-fastapi") && requirePythonModule("uvicorn", "python3-uvicorn");

describe.skipIf(!shell)("the README of an example can be followed", () => {
  test.for(folders)("%s", { timeout: 60_000 }, async (folder, { skip }) => {
    if (folder === "fastapi" && !python) skip();
    const from = `${examples}${folder}`;
    await runMarkdown(`${from}/README.md`, { from, inBrowser: false });
  });
});
