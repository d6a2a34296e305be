/** A value for each of many path patterns; what a lookup costs depends on the path, not on how many there are. */
export interface RouteTrie<Value> {
  readonly literals: Map<string, RouteTrie<Value>>;
  any: RouteTrie<Value> | undefined;
  value: Value | undefined;
}

/** A trie without patterns. */
export function emptyTrie<Value>(): RouteTrie<Value> {
  return { literals: new Map(), any: undefined, value: undefined };
}

/** Sets the value of a pattern. `*` is any one segment that is not empty. */
export function insertRoute<Value>(trie: RouteTrie<Value>, segments: readonly string[], value: Value): void {
  let node = trie;
  for (const segment of segments) node = segment === "*" ? anyChild(node) : literalChild(node, segment);
  node.value = value;
}

/**
 * The value of the most specific pattern that covers the path, by whole segments from its beginning: the longest; of the longest the one
 * with a literal where the other has `*`, at the first segment in which they differ.
 *
 * `reached` holds the nodes that fit so far, most specific first. There is more than one only where patterns with `*` run beside others.
 */
export function lookUpRoute<Value>(trie: RouteTrie<Value>, path: string): Value | undefined {
  let reached: RouteTrie<Value>[] = [trie];
  let found = trie.value;
  let start = 1;
  while (start <= path.length) {
    const slash = path.indexOf("/", start);
    const end = slash === -1 ? path.length : slash;
    reached = step(reached, path.slice(start, end));
    if (reached.length === 0) break;
    found = reached.find((node) => node.value !== undefined)?.value ?? found;
    start = end + 1;
  }
  return found;
}

function step<Value>(reached: readonly RouteTrie<Value>[], segment: string): RouteTrie<Value>[] {
  const next: RouteTrie<Value>[] = [];
  for (const node of reached) {
    const literal = node.literals.get(segment);
    if (literal !== undefined) next.push(literal);
    if (node.any !== undefined && segment !== "") next.push(node.any);
  }
  return next;
}

function anyChild<Value>(node: RouteTrie<Value>): RouteTrie<Value> {
  node.any ??= emptyTrie();
  return node.any;
}

function literalChild<Value>(node: RouteTrie<Value>, segment: string): RouteTrie<Value> {
  const known = node.literals.get(segment);
  if (known !== undefined) return known;
  const child = emptyTrie<Value>();
  node.literals.set(segment, child);
  return child;
}

/** In lower case, for routers that do not tell the cases apart. Only ASCII: what else stands in a path are bytes. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
