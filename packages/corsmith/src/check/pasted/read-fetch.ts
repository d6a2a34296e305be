import { type Header, hidden } from "@corsmith/cors/browser";
import { type AnyNode, type CallExpression, type Expression, type ObjectExpression, parse } from "acorn";
import { type PastedRequest, PasteError } from "./pasted-request.ts";

/** What only running the program would show. Nothing is run. */
const unknown = Symbol("unknown");

/**
 * Reads a call of `fetch(…)`, as browsers copy it or as it stands in a program. The code is parsed, never run: what is not a literal stays
 * unknown.
 *
 * @throws {PasteError} if there is no call, or its URL is not a literal
 */
export function readFetch(code: string): PastedRequest {
  const call = findCall(parseCode(code));
  if (call === undefined)
    throw new PasteError(
      "There is no call of fetch() in this text.",
      'Copy it again: in the Network tab, "Copy as fetch".',
    );
  const [first, second] = call.arguments;
  const url = literalOf(first);
  if (typeof url !== "string") {
    throw new PasteError(
      "The URL of this fetch() is not a literal, and the code is not run to find out.",
      'Write the URL out: fetch("https://…", …).',
    );
  }
  return { url, ...optionsOf(second) };
}

function parseCode(code: string): AnyNode {
  const options = { ecmaVersion: "latest", sourceType: "module", allowReturnOutsideFunction: true } as const;
  try {
    return parse(code, options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PasteError(`This is not JavaScript: ${why}`, "Copy the whole call, from fetch( to its closing bracket.");
  }
}

/** The first call of `fetch`, `window.fetch` or `globalThis.fetch`. */
function findCall(root: AnyNode): CallExpression | undefined {
  const queue: unknown[] = [root];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    if (typeof node !== "object" || node === null) continue;
    if (isNode(node) && node.type === "CallExpression" && isFetch(node.callee)) return node;
    queue.push(...Object.values(node).filter((value) => typeof value === "object" && value !== null));
  }
  return undefined;
}

function isNode(value: object): value is AnyNode {
  return "type" in value && typeof value.type === "string";
}

function isFetch(callee: CallExpression["callee"]): boolean {
  if (callee.type === "Identifier") return callee.name === "fetch";
  return (
    callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "fetch"
  );
}

function optionsOf(node: CallExpression["arguments"][number] | undefined): Omit<PastedRequest, "url"> {
  const options = node?.type === "ObjectExpression" ? objectOf(node) : {};
  const { method, body, credentials, mode, referrer } = options;
  const headers = headersOf(options["headers"]);
  const given: Header[] = typeof referrer === "string" ? [["referer", referrer]] : [];
  const known = ["cors", "no-cors", "same-origin"] as const;
  const chosen = known.find((name) => name === mode);
  const notes = [
    ...(node !== undefined && node.type !== "ObjectExpression"
      ? ["The options of this fetch() are not a literal and were ignored."]
      : []),
    ...(Object.values(options).includes(unknown)
      ? ["What is not a literal in this fetch() is not known and was ignored."]
      : []),
  ];
  return {
    ...(typeof method === "string" ? { method } : {}),
    headers: [...headers, ...given],
    ...(typeof body === "string" ? { body } : {}),
    ...(typeof credentials === "string" ? { credentials: credentials === "include" } : {}),
    ...(chosen === undefined ? {} : { mode: chosen }),
    notes,
  };
}

function headersOf(value: unknown): readonly Header[] {
  const entries = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return entries.flatMap((entry): Header[] => {
    const [name, written] = Array.isArray(entry) ? entry : [];
    if (typeof name !== "string") return [];
    return [[name, typeof written === "string" ? written : hidden]];
  });
}

function objectOf({ properties }: ObjectExpression): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const property of properties) {
    if (property.type !== "Property" || property.computed) continue;
    const { key } = property;
    const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
    // `__proto__` in a pasted text must not become anybody's prototype.
    if (name !== undefined && name !== "__proto__") object[name] = literalOf(property.value);
  }
  return object;
}

/** The value of a literal; {@link unknown} for everything else. */
function literalOf(node: Expression | AnyNode | undefined): unknown {
  switch (node?.type) {
    case "Literal":
      return node.value;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? unknown) : unknown;
    case "ObjectExpression":
      return objectOf(node);
    case "ArrayExpression":
      return node.elements.map((element) => literalOf(element ?? undefined));
    case "CallExpression":
    case "NewExpression":
      return ofCall(node.callee, node.arguments[0]);
    default:
      return unknown;
  }
}

/** `JSON.stringify({…})`, `new Headers({…})`, `new URL("…")`. */
function ofCall(callee: AnyNode, argument: AnyNode | undefined): unknown {
  const name = callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property.name : "";
  if (name === "stringify") return JSON.stringify(literalOf(argument)) ?? unknown;
  const wrapped = callee.type === "Identifier" && /^(?:Headers|URL)$/.test(callee.name);
  return wrapped ? literalOf(argument) : unknown;
}
