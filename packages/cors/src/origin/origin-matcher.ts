import { formatOriginPattern, type OriginPattern } from "./origin-pattern.ts";
import { isOrigin, maxOriginLength, parseOrigin } from "./parse-origin.ts";

/** What an origin came to: named by the policy, well-formed but not named, or no origin at all. */
export type OriginMatch = "match" | "no-match" | "not-an-origin";

/** Finds out whether the policy names an origin. */
export interface OriginMatcher {
  readonly match: (origin: string) => OriginMatch;
}

/** One label of a host, with what is allowed at it and the labels to its left. */
interface TrieNode {
  /** By their labels; one of which a part is given stands there with its `*`, which no origin has. */
  readonly children: Map<string, TrieNode>;
  /** The lengths before and after the `*` of those children, as {@link shapeOf} joins them. */
  readonly shapes: Set<number>;
  /** `scheme:port` pairs of this very host; port `*` is any. */
  readonly here: Set<string>;
  /** The same for all names under this host. */
  readonly below: Set<string>;
}

/**
 * Compiles the entries of a policy. Exact origins are looked up in a hash; patterns in a trie of the host's labels, from the right.
 * So one origin and a million cost the same, and a pattern costs at most the labels that it has. Labels of which a part is given cost a
 * look-up for each pair of lengths around their stars, however many there are. No expression is built of an entry.
 *
 * The comparison is on the bytes of the whole serialized origin.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function compileOrigins(patterns: readonly OriginPattern[]): OriginMatcher {
  const exact = new Set<string>();
  const root = trieNode();
  let hasPatterns = false;
  for (const pattern of patterns) {
    if (pattern.kind === "exact" || pattern.kind === "null") exact.add(formatOriginPattern(pattern));
    if (pattern.kind !== "pattern") continue;
    hasPatterns = true;
    insert(root, pattern);
  }
  return {
    match(origin) {
      if (origin.length > maxOriginLength) return "not-an-origin";
      if (exact.has(origin)) return "match";
      if (origin === "null") return "no-match";
      if (!hasPatterns) return isOrigin(origin) ? "no-match" : "not-an-origin";
      const parts = parseOrigin(origin);
      if (parts === undefined) return "not-an-origin";
      return walk(root, parts.host, parts.scheme, parts.port) ? "match" : "no-match";
    },
  };
}

function trieNode(): TrieNode {
  return { children: new Map(), shapes: new Set(), here: new Set(), below: new Set() };
}

function insert(root: TrieNode, pattern: OriginPattern & { kind: "pattern" }): void {
  const { label: first, host } = pattern;
  const isBelow = first === "*";
  let node = root;
  for (const label of labelsOf(isBelow || first === undefined ? host : `${first}.${host}`).reverse()) {
    if (label.includes("*")) node.shapes.add(shapeOf(label));
    const next = node.children.get(label) ?? trieNode();
    node.children.set(label, next);
    node = next;
  }
  (isBelow ? node.below : node.here).add(`${pattern.scheme}:${pattern.port}`);
}

/** How long the given beginning and the given end of a label are: at most 62 bytes each. */
function shapeOf(label: string): number {
  const star = label.indexOf("*");
  return star * 64 + label.length - star - 1;
}

/** An IP address is one label: its dots and colons separate nothing that a wildcard could stand for. */
function labelsOf(host: string): string[] {
  return host.startsWith("[") ? [host] : host.split(".");
}

function walk(root: TrieNode, host: string, scheme: string, port: string): boolean {
  let node = root;
  let end = host.length;
  const whole = host.startsWith("[");
  while (end > 0) {
    const dot = whole ? -1 : host.lastIndexOf(".", end - 1);
    const label = host.slice(dot + 1, end);
    const child = node.children.get(label);
    if (dot < 0) return covers(child?.here, scheme, port) || coversPart(node, label, scheme, port);
    if (child === undefined) return false;
    // The dot just passed has at least one non-empty label before it: parsing made sure of that.
    if (covers(child.below, scheme, port)) return true;
    node = child;
    end = dot;
  }
  return false;
}

function coversPart({ shapes, children }: TrieNode, label: string, scheme: string, port: string): boolean {
  for (const shape of shapes) {
    const before = shape >> 6;
    const after = label.length - (shape & 63);
    if (before >= after) continue;
    const child = children.get(`${label.slice(0, before)}*${label.slice(after)}`);
    if (covers(child?.here, scheme, port)) return true;
  }
  return false;
}

function covers(allowed: ReadonlySet<string> | undefined, scheme: string, port: string): boolean {
  return allowed !== undefined && allowed.size > 0 && (allowed.has(`${scheme}:${port}`) || allowed.has(`${scheme}:*`));
}
