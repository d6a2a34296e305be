import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { anchorsOf } from "./anchors.ts";
import { blankCode } from "./blank-code.ts";

const inline = /!?\[[^\]]*\]\(\s*<?(?<target>[^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const definition = /^ {0,3}\[[^\]]+\]:\s*<?(?<target>[^\s>]+)>?/gm;
const html = /<(?:a|img)\b[^>]*?\b(?:href|src)="(?<target>[^"]+)"/g;

/** Says for each relative link of a Markdown file below `root` that leads nowhere where it is and what is missing. */
export function checkLinks(root: string, file: string): readonly string[] {
  const text = blankCode(readFileSync(join(root, file), "utf8"));
  return [inline, definition, html].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const target = match.groups?.["target"] ?? "";
      const fault = linkFault(root, file, target);
      const line = text.slice(0, match.index).split("\n").length;
      return fault === undefined ? [] : [`${file}:${line}: ${target}: ${fault}`];
    }),
  );
}

function linkFault(root: string, file: string, target: string): string | undefined {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return undefined;
  const [path = "", anchor] = target.split("#", 2).map(decodeURIComponent);
  const full = path === "" ? join(root, file) : join(root, path.startsWith("/") ? "" : dirname(file), path);
  if (!existsSync(full)) return "no such file";
  if (anchor === undefined || anchor === "" || statSync(full).isDirectory() || !full.endsWith(".md")) return undefined;
  return anchorsOf(readFileSync(full, "utf8")).has(anchor) ? undefined : "no such heading";
}
