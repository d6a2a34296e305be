import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DocumentedCode } from "./documented-code.ts";

/** A piece of code and the file, below the folder, that it was written to. */
export interface WrittenCode {
  readonly piece: DocumentedCode;
  readonly name: string;
}

const compilerOptions = {
  noEmit: true,
  composite: false,
  declarationMap: false,
  sourceMap: false,
  isolatedDeclarations: false,
  rewriteRelativeImportExtensions: false,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: ["node"],
};

/**
 * Writes each piece to a file of its own, its lines unmoved, with a tsconfig.json beside them. The folder is emptied first.
 * Its name must not begin with a dot: tsc passes over such folders and would find nothing wrong.
 */
export function writeCode(
  folder: string,
  baseConfig: string,
  pieces: readonly DocumentedCode[],
): readonly WrittenCode[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: baseConfig, compilerOptions, include: ["*.ts"] }),
  );
  return pieces.map((piece) => {
    const name = `${piece.file.replace(/\.(md|ts)$/, "").replaceAll(/[^A-Za-z0-9]+/g, "-")}-line-${piece.line}.ts`;
    // `export {}` makes a module of code that imports nothing, so that it shares no names with its neighbours.
    writeFileSync(join(folder, name), `${piece.code}\nexport {};\n`);
    return { piece, name };
  });
}
