import { readFile } from "node:fs/promises";
import { BrowserConsole } from "./browser-console.ts";
import { makePageFolder } from "./page-folder.ts";
import { pagePorts } from "./page-ports.ts";
import { readBlocks } from "./read-blocks.ts";
import { PageRun, startsApi } from "./run-page.ts";

/**
 * Runs a page from beginning to end: see {@link PageRun}. Where it starts no API itself, the small one of the examples answers.
 *
 * @param from the folder in which a reader of the page stands, if it is not an empty one
 */
export async function runMarkdown(
  file: string,
  { from, inBrowser }: { readonly from?: string; readonly inBrowser: boolean },
): Promise<void> {
  const blocks = readBlocks(await readFile(file, "utf8"));
  const snippets = blocks.some(({ language, text }) => language === "js" && text.startsWith("// in the console"));
  const browser = snippets && inBrowser ? await BrowserConsole.open() : undefined;
  const ports = await pagePorts(browser?.ports ?? new Map());
  const folder = await makePageFolder(ports, from);
  const page = new PageRun({ folder, ports, ...(browser === undefined ? {} : { browser }) });
  const api = {
    line: 0,
    language: "sh",
    words: "",
    text: `node ${from === undefined ? "examples" : ".."}/orders-api.mjs`,
  };
  try {
    await page.run(startsApi(blocks) ? blocks : [api, ...blocks]);
  } finally {
    await page.close();
    await browser?.close();
    await folder.remove();
  }
}
