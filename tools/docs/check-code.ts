import { fileURLToPath } from "node:url";
import type { DocumentedCode } from "./documented-code.ts";
import { runProgram } from "./run-program.ts";
import { type WrittenCode, writeCode } from "./write-code.ts";

const root = new URL("../../", import.meta.url);
const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root));
const baseConfig = fileURLToPath(new URL("tsconfig.base.json", root));

const assertForReal = new URL("assert-for-real.mjs", import.meta.url).href;

const secondsToRun = 30;
const secondsToTypeCheck = 120;

/** Type-checks the pieces in `folder`, runs those that may run, and says what fails where in the documents. */
export async function checkCode(pieces: readonly DocumentedCode[], folder: string): Promise<readonly string[]> {
  const written = writeCode(folder, baseConfig, pieces);
  const typed = await runProgram([tsc, "-p", folder, "--pretty", "false"], folder, secondsToTypeCheck);
  const typeFaults = typed.passed ? [] : [inDocumentWords(typed.output, written)];
  return [
    ...typeFaults,
    ...(await runAll(
      written.filter(({ piece }) => piece.run),
      folder,
    )),
  ];
}

/** tsc names our files; the reader wants the document's name and its line. */
function inDocumentWords(output: string, written: readonly WrittenCode[]): string {
  return output.replaceAll(
    /^\S*?([^/\s]+\.ts)\((\d+),(\d+)\)/gm,
    (whole, name: string, line: string, column: string) => {
      const piece = written.find((each) => each.name === name)?.piece;
      return piece === undefined ? whole : `${piece.file}:${piece.line + Number(line) - 1}:${column}`;
    },
  );
}

/** Two at a time: most of a small program's life is waiting for Node to start. */
async function runAll(written: readonly WrittenCode[], folder: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const queue = [...written];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { piece, name } = next;
      const { passed, output } = await runProgram(
        ["--conditions=@corsmith/source", "--import", assertForReal, name],
        folder,
        secondsToRun,
      );
      if (!passed)
        faults.push(`${piece.file}:${piece.line}: the example fails when it runs\n${inStackWords(output, next)}`);
    }
  };
  await Promise.all([work(), work()]);
  return faults;
}

function inStackWords(output: string, { piece, name }: WrittenCode): string {
  return output.replaceAll(new RegExp(`\\S*${name.replaceAll(".", "\\.")}:(\\d+)`, "g"), (_, line: string) => {
    return `${piece.file}:${piece.line + Number(line) - 1}`;
  });
}
