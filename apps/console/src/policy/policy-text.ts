import { checkPolicy, definePolicy, type Finding, type Policy } from "@corsmith/cors";
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

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
    line: lines.linePos(offsetOf(document.contents, finding.path)).line,
  }));
  if (findings.some(({ severity }) => severity === "error")) return { findings };
  return { findings, policy: build(value) };
}

/** `checkPolicy` found no error in it, so it is one. */
function build(value: unknown): Policy {
  return definePolicy(value as Parameters<typeof definePolicy>[0]);
}

/** Where the part of the text begins that a path such as `allowOrigins[1]` leads to, as far as the text has it. */
function offsetOf(root: unknown, path: string): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    const item = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === step)
      : isSeq(node)
        ? node.items[Number(step)]
        : undefined;
    if (item === undefined) break;
    offset = startOf(isPair(item) ? item.key : item) ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
