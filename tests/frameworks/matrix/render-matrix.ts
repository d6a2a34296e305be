import type { Cell } from "../guarantees/check-subject.ts";

/** One subject and what was found. */
export interface Column {
  readonly name: string;
  readonly cells: readonly Cell[];
}

const preamble = `# What each adapter guarantees

<!-- Written by tests/frameworks/matrix.test.ts. To update it: UPDATE_MATRIX=1 npm test -- tests/frameworks/matrix.test.ts -->

Every mark here was earned by a test: the same application, on the real framework, asked over a real socket, line by line. ✓ the guarantee
is kept, ✗ it is not (the notes say what was seen), – it does not apply. "Can be read" means that a page which the policy allows could
read the response in a browser, cookies and all, and that \`Vary: Origin\` keeps it apart in caches.

The policy is the same everywhere: one origin, with credentials, two methods and two headers beyond the safelist.

Some answers no adapter reaches. Fastify and h3 refuse a path that cannot be decoded before any hook or middleware runs, and Next fails on it
with a 500 of its own. In Fastify, a 404 below a prefix belongs to the scope only if the scope has called \`setNotFoundHandler\`, as it has
here. Next's own 404 is a page, and every page that Next 16 renders replaces \`Vary\`, whatever the proxy or its configuration has set there;
so the application has a last route, \`app/[[...missing]]/route.js\`, as [the example](../../examples/next/README.md) has. What a route of Next
sets under the names of CORS headers is sent beside the proxy's.
`;

const aboutPeers = `## The same asked of other libraries

Each was given what comes closest to the same policy in its own words, in the versions that stand above the columns, and the same
application. Not everything here is a mistake: a library may mean to take every OPTIONS for itself, or leave \`Vary\` to the application.
It is what a page, a cache or a colleague will meet.
`;

/** The page `docs/reference/adapter-matrix.md`. */
export function renderMatrix(ours: readonly Column[], peers: readonly Column[]): string {
  return [preamble, "## Corsmith's adapters\n", renderTable(ours), aboutPeers, renderTable(peers)].join("\n");
}

function renderTable(columns: readonly Column[]): string {
  const notes: string[] = [];
  const rows = (columns[0]?.cells ?? []).map(({ words }) => {
    const marks = columns.map(({ cells }) => mark(cells.find((cell) => cell.words === words)?.found, notes));
    return `| ${[words, ...marks].join(" | ")} |`;
  });
  const head = `| ${["", ...columns.map(({ name }) => name)].join(" | ")} |`;
  const line = `|---${"|:-:".repeat(columns.length)}|`;
  const list = notes.map((note, index) => `${index + 1}. ${note}`);
  return [head, line, ...rows, "", ...list, ""].join("\n");
}

function mark(found: Cell["found"], notes: string[]): string {
  if (found === undefined) return "✓";
  if (found === "does not apply") return "–";
  const note = `${found.slice(0, 1).toUpperCase()}${found.slice(1)}.`;
  const before = notes.indexOf(note);
  const number = before < 0 ? notes.push(note) : before + 1;
  return `✗ ${number}`;
}
