import { readFileSync } from "node:fs";
import { join } from "node:path";
import { docComments } from "./doc-comments.ts";
import type { DocumentedCode, FenceFault } from "./documented-code.ts";
import { documents, markdownFiles, sourceFiles } from "./documents.ts";
import { readFences } from "./read-fences.ts";

/** All TypeScript in the documents and in the doc comments of the sources below `root`. */
export function collectCode(root: string): readonly (DocumentedCode | FenceFault)[] {
  const read = (file: string): string => readFileSync(join(root, file), "utf8");
  return [
    ...documents(root, markdownFiles).flatMap((file) => readFences(file, read(file))),
    ...documents(root, sourceFiles).flatMap((file) => readFences(file, docComments(read(file)))),
  ];
}
