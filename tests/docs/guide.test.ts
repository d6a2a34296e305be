import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { chromiumPath } from "../support/chromium.ts";
import { requireProgram, requirePythonModule } from "../support/real-thing.ts";
import { runMarkdown } from "./run/run-markdown.ts";

const guide = fileURLToPath(new URL("../../docs/guide/", import.meta.url));
const pages = readdirSync(guide).filter((name) => name.endsWith(".md"));
const shell = requireProgram("bash", "bash") && requireProgram("curl", "curl");
const inBrowser = requireProgram(chromiumPath, "chromium");
const python = requirePythonModule("fastapi", "python3-fastapi") && requirePythonModule("uvicorn", "python3-uvicorn");

/** Pages that start a service in Python. */
const needPython: readonly string[] = ["from-fastapi.md", "auditing-a-live-api.md"];

describe.skipIf(!shell)("a reader who follows the page meets what it says", () => {
  test.for(pages)("%s", { timeout: 240_000 }, async (page, { skip }) => {
    if (needPython.includes(page) && !python) skip();
    await runMarkdown(`${guide}${page}`, { inBrowser });
  });
});
