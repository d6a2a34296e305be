import { isDeepStrictEqual } from "node:util";
import { Document, isScalar, isSeq, parseDocument, type Scalar, stringify, type YAMLSeq } from "yaml";

/** The steps of a path such as `routes[0].policy.maxAge`: `["routes", 0, "policy", "maxAge"]`. */
function pathSteps(path: string): readonly (string | number)[] {
  return (path.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** One change of a configuration's text. */
export type TextEdit =
  | { readonly kind: "set"; readonly path: string; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: string };

/** Changes a JSON text; its indentation stays. @throws {Error} where the text is not JSON, or a path leads through something that has no keys */
export function editJson(text: string, edits: readonly TextEdit[]): string {
  const document = new Document(JSON.parse(text.replace(/^\uFEFF/, "")));
  for (const edit of edits) change(document, edit);
  const indent = /^\{?\r?\n(?<indent>[ \t]+)"/m.exec(text)?.groups?.["indent"] ?? (text.includes("\n") ? "  " : "");
  return JSON.stringify(document.toJS(), null, indent) + (/\n$/.exec(text)?.[0] ?? "");
}

/**
 * Changes a YAML text, and leaves the rest of it unchanged: comments, order, quotes. Where an edit can be made in the text itself,
 * only that place is touched, and it is proven by reading the text again; otherwise the document is written again, with its comments.
 */
export function editYaml(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(editOnce, text);
}

function editOnce(text: string, edit: TextEdit): string {
  const document = parseDocument(text);
  const spliced = splice(text, document, edit);
  change(document, edit);
  const meant: unknown = document.toJS();
  if (spliced !== undefined && reads(spliced, meant)) return spliced;
  return document.toString({
    lineWidth: 0,
    flowCollectionPadding: /[[{] \S/.test(text),
    indentSeq: !/^(?<indent> *)[^\s#-][^\n]*:\n\k<indent>- /m.test(text),
  });
}

function reads(text: string, meant: unknown): boolean {
  const document = parseDocument(text);
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), meant);
}

function change(document: Document, edit: TextEdit): void {
  const steps = pathSteps(edit.path);
  if (edit.kind === "remove") document.deleteIn(steps);
  else document.setIn(steps, document.createNode(edit.value));
}

/** The text with the edit in it, where that takes one place only. */
function splice(text: string, document: Document, edit: TextEdit): string | undefined {
  if (edit.kind === "remove") return undefined;
  const node = document.getIn(pathSteps(edit.path), true);
  const { value } = edit;
  if (isScalar(node)) return typeof value === "object" ? undefined : replaceScalar(text, node, value);
  return isSeq(node) && Array.isArray(value) ? spliceList(text, node, value) : undefined;
}

/** One item more at the end, or one item less. */
function spliceList(text: string, list: YAMLSeq, value: readonly unknown[]): string | undefined {
  const now = list.items.map((item) => (isScalar(item) ? item.value : undefined));
  if (isDeepStrictEqual(now, value)) return text;
  const added = value.at(-1);
  if (typeof added === "string" && isDeepStrictEqual([...now, added], value)) return addItem(text, list, added);
  const index = now.findIndex((item, at) => item !== value[at]);
  return isDeepStrictEqual(now.toSpliced(index, 1), value) ? removeItem(text, list, index) : undefined;
}

function replaceScalar(text: string, { range }: Scalar, value: unknown): string | undefined {
  return range ? text.slice(0, range[0]) + written(value) + text.slice(range[1]) : undefined;
}

function addItem(text: string, list: YAMLSeq, item: string): string | undefined {
  const last = rangeOf(list.items.at(-1));
  if (last === undefined) return undefined;
  if (list.flow) return `${text.slice(0, last.end)}, ${written(item, true)}${text.slice(last.end)}`;
  const line = lineAround(text, last);
  const dash = /^\s*- +/.exec(line.text)?.[0];
  if (dash === undefined) return undefined;
  const before = text.slice(0, line.end);
  return `${before}${before.endsWith("\n") ? "" : "\n"}${dash}${written(item)}\n${text.slice(line.end)}`;
}

function removeItem(text: string, list: YAMLSeq, index: number): string | undefined {
  const [item, other] = [rangeOf(list.items[index]), rangeOf(list.items[index + 1])];
  if (item === undefined || list.items.length < 2) return undefined;
  if (!list.flow) {
    const line = lineAround(text, item);
    return text.slice(0, line.start) + text.slice(line.end);
  }
  if (other !== undefined) return text.slice(0, item.start) + text.slice(other.start);
  const before = rangeOf(list.items[index - 1]);
  return before && text.slice(0, before.end) + text.slice(item.end);
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

function rangeOf(item: unknown): Extent | undefined {
  if (!isScalar(item) || !item.range) return undefined;
  return { start: item.range[0], end: item.range[1] };
}

/** The lines of an extent, with the break at their end. */
function lineAround(text: string, { start, end }: Extent): Extent & { readonly text: string } {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const after = text.indexOf("\n", end);
  const to = after < 0 ? text.length : after + 1;
  return { start: from, end: to, text: text.slice(from, to) };
}

/** A scalar as it is written in a block or, quoted where it would end it, in a list in brackets. */
function written(value: unknown, flow = false): string {
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return flow && /[,[\]{}]/.test(plain) && !/^["']/.test(plain) ? JSON.stringify(value) : plain;
}
