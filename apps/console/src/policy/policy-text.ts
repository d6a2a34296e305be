import { checkPolicy, definePolicy, type Finding, type Policy } from "@corsmith/cors";
import { isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from "yaml";

/** What is wrong with a policy as it is written; each finding has its line. */
export interface PolicyReading {
  readonly findings: readonly Finding<string>[];
  /** Missing if it cannot be built. */
  readonly policy?: Policy;
}

/** Reads a policy that is written in YAML or JSON, and finds every mistake in it. Runs in the tab; nothing is sent. */
export function readPolicyText(text: string): PolicyReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map(
    (error): Finding<string> => ({
      code: "policy-not-readable",
      severity: "error",
      path: "",
      value: undefined,
      message: error.message,
      fix: "Write YAML or JSON.",
      line: lines.linePos(error.pos[0]).line,
    }),
  );
  if (syntax.length > 0) return { findings: syntax };
  const value: unknown = document.toJS();
  const findings = checkPolicy(value).map((finding) => ({
    ...finding,
    line: lineOf(document.contents, finding.path, lines),
  }));
  if (findings.some(({ severity }) => severity === "error")) return { findings };
  return { findings, policy: build(value) };
}

/** `checkPolicy` found no error in it, so it is one. */
function build(value: unknown): Policy {
  return definePolicy(value as Parameters<typeof definePolicy>[0]);
}

/** Walks along `allowOrigins[1]` as far as the text goes with it. */
function lineOf(root: unknown, path: string, lines: LineCounter): number {
  let offset = rangeStart(root) ?? 0;
  let node: unknown = root;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    const found = index === undefined ? keyOf(node, name ?? "") : itemOf(node, Number(index));
    if (found === undefined) break;
    offset = found.offset;
    node = found.node;
  }
  return lines.linePos(offset).line;
}

interface Found {
  readonly offset: number;
  readonly node: unknown;
}

function keyOf(node: unknown, name: string): Found | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === name);
  const offset = rangeStart(pair?.key);
  return pair === undefined || offset === undefined ? undefined : { offset, node: pair.value };
}

function itemOf(node: unknown, index: number): Found | undefined {
  const item: unknown = isCollection(node) ? node.items[index] : undefined;
  const offset = rangeStart(item);
  return offset === undefined || isPair(item) ? undefined : { offset, node: item };
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
