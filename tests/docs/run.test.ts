import { describe, expect, test } from "vitest";
import { temporaryTree } from "../tools/temporary-tree.ts";
import { missingLines } from "./run/missing-lines.ts";
import { readBlocks } from "./run/read-blocks.ts";
import { runMarkdown } from "./run/run-markdown.ts";

describe("what a page says was written", () => {
  test.for([
    ["a line that is there", "200 OK", "HTTP/1.1 200 OK\r\nVary: Origin", []],
    ["a line that is not", "404", "HTTP/1.1 200 OK", ["404"]],
    ["each line alone, in any order", "two\none", "one\ntwo", []],
    ["only the missing ones", "one\nthree", "one\ntwo", ["three"]],
    ["a line that a terminal wrapped", "fix add it to allowOrigins", "  fix  add it\n       to allowOrigins", []],
    ["any text in place of …", "from … to b", "from a to b", []],
    ["no text that …  does not cover", "from … to c", "from a to b", ["from … to c"]],
    ["characters that mean something in patterns", "[1] (a) *?", "[1] (a) *?", []],
    ["a header that must not be there, and is not", "(no Vary)", "HTTP/1.1 200 OK", []],
    ["a header that must not be there, and is", "(no vary)", "Vary: Origin", ["(no vary)"]],
  ] as const)("%s", ([, expected, written, missing]) => {
    expect(missingLines(expected, written)).toEqual(missing);
  });
});

describe("the blocks of a page", () => {
  test("are read with their line, language and words", () => {
    expect(readBlocks("# T\n\n```sh exits 2\nfalse\n```\n\n````text\n```\n````\n")).toEqual([
      { line: 3, language: "sh", words: "exits 2", text: "false" },
      { line: 7, language: "text", words: "", text: "```" },
    ]);
  });

  test("that are never closed are a mistake", () => {
    expect(() => readBlocks("```sh\ntrue\n")).toThrow("line 1: the block is never closed");
  });
});

const accepted = "policy: { allowOrigins: [https://app.example.com] }";
const refused = "policy: { allowOrigins: [app.example.com] }";

describe("a page that is not true fails, with the line of the block", () => {
  test.for([
    ["a command that fails", "```sh\nfalse\n```", "line 1: ended with 1, not 0"],
    ["one that fails before the last", "```sh\nfalse\ntrue\n```", "line 1: ended with 1, not 0"],
    ["one that fails in a pipe", "```sh\nfalse | true\n```", "line 1: ended with 1, not 0"],
    ["one that should have failed", "```sh exits 2\ntrue\n```", "line 1: ended with 0, not 2"],
    ["other output", "```sh\necho one\n```\n```text\ntwo\n```", "line 4: not true:\ntwo"],
    ["a policy that is wrong", `\`\`\`yaml\n${refused}\n\`\`\``, "line 1: ended with 2, not 0"],
    ["a policy that should be wrong", `\`\`\`yaml refused\n${accepted}\n\`\`\``, "line 1: ended with 0, not 2"],
    ["a language that nothing runs", "```ruby\nputs 1\n```", "line 1: nothing runs blocks of ruby"],
    ["a server that does not start", "```sh\ncorsmith serve --upstrem x\n```", "line 1: the server did not get ready"],
    ["a log line that never comes", "```sh\necho\n```\n```text log\nx\n```", "line 4: not true"],
  ] as const)("%s", async ([, markdown, message]) => {
    const root = temporaryTree({ "page.md": markdown });
    await expect(runMarkdown(`${root}/page.md`, { inBrowser: false })).rejects.toThrow(message);
  });

  test("a page that is true passes", async () => {
    const page = `\`\`\`yaml\n# corsmith.config.yaml\nupstream: http://127.0.0.1:8000\n${accepted}\n\`\`\`\n\`\`\`sh\ncorsmith serve\n\`\`\`\n\`\`\`sh\ncurl -si http://127.0.0.1:8080/orders\n\`\`\`\n\`\`\`text\n200 OK\n\`\`\`\n\`\`\`text api\nGET /orders\n\`\`\`\n`;
    const root = temporaryTree({ "page.md": page });
    await runMarkdown(`${root}/page.md`, { inBrowser: false });
  });
});
