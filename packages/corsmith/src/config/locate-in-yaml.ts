import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter } from "yaml";
import type { Position } from "./config-document.ts";

/**
 * Where a path such as `routes[0].policy.maxAge` stands: its key, or the item of a list. A path that leads deeper than the file does
 * comes to the deepest part that is there.
 */
export function locateInYaml(document: Document, lines: LineCounter, path: string): Position | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    const next = stepInto(node, step);
    if (next === undefined) break;
    offset = next.offset ?? offset;
    node = next.node;
  }
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function stepInto(node: unknown, step: string): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === step);
    return pair && { node: pair.value, offset: offsetOf(pair.key) };
  }
  if (isSeq(node) && /^\d+$/.test(step)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { node: item, offset: offsetOf(item) };
  }
  return undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
