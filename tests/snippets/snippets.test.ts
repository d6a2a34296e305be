import { openPage, type PageRequestInit } from "@corsmith/cors/browser";
import { type ExplanationCode, type Facts, type Snippet, snippets } from "@corsmith/cors/explain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram, requirePythonModule } from "../support/real-thing.ts";
import { type PlainUpstream, startPlainUpstream } from "./plain-upstream.ts";
import { type RunningSnippet, runs } from "./run-snippet.ts";

const origin = "https://app.example.test:3000";
const stranger = "https://evil.example.test";

interface Situation {
  readonly phrase: string;
  readonly code: ExplanationCode;
  readonly facts: Facts;
  readonly init: PageRequestInit;
}

const situations: readonly Situation[] = [
  { phrase: "a page reads", code: "missing-allow-origin", facts: { origin }, init: {} },
  {
    phrase: "a page sends PATCH",
    code: "method-not-allowed",
    facts: { origin, method: "PATCH" },
    init: { method: "PATCH" },
  },
  {
    phrase: "a page adds a header",
    code: "header-not-allowed",
    facts: { origin, header: "X-Request-Id" },
    init: { headers: { "x-request-id": "1", authorization: "Bearer 1" } },
  },
  {
    phrase: "a page sends cookies, after a preflight",
    code: "preflight-wildcard-origin-with-credentials",
    facts: { origin },
    init: { method: "DELETE", credentials: "include" },
  },
  {
    phrase: "a page sends cookies",
    code: "wildcard-origin-with-credentials",
    facts: { origin },
    init: { credentials: "include" },
  },
];

const stacks = Object.keys(runs) as Snippet["stack"][];

const present: Partial<Readonly<Record<Snippet["stack"], boolean>>> = {
  nginx: requireProgram("/usr/sbin/nginx", "nginx-light"),
  apache: requireProgram("/usr/sbin/apache2", "apache2"),
  caddy: requireProgram("/usr/bin/caddy", "caddy"),
  haproxy: requireProgram("/usr/sbin/haproxy", "haproxy"),
  fastapi: requirePythonModule("fastapi", "python3-fastapi") && requirePythonModule("uvicorn", "python3-uvicorn"),
};

describe.each(stacks)("the lines for %s do what they say", (stack) => {
  const skipped = present[stack] === false;
  let plain: PlainUpstream;
  let decorated: PlainUpstream;
  beforeAll(async () => {
    plain = await startPlainUpstream({ decorated: false });
    decorated = await startPlainUpstream({ decorated: true });
  });
  afterAll(() => {
    plain.stop();
    decorated.stop();
  });

  test.skipIf(skipped).for(situations)("when $phrase", async ({ code, facts, init }) => {
    const server = await run(stack, code, facts, decorated.url);
    try {
      expect(await outcome(server, origin, init)).toBe("ok 200");
      expect(await outcome(server, stranger, init)).toMatch(
        /^error (preflight-)?(missing-allow-origin|allow-origin-mismatch|status-not-ok)$/,
      );
    } finally {
      await server.stop();
    }
  });

  test.skipIf(skipped)("when a page reads a header", async () => {
    const server = await run(stack, "response-header-not-exposed", { origin, header: "ETag" }, plain.url);
    try {
      const page = openPage({ origin });
      expect((await page.fetch(`${server.url}/`)).headers.get("etag")).toBe('"1"');
    } finally {
      await server.stop();
    }
  });

  test.skipIf(skipped)("when the application breaks", async () => {
    const server = await run(stack, "error-response-without-cors", { origin }, plain.url);
    try {
      expect(await outcome(server, origin, {}, "/fails")).toBe("ok 500");
    } finally {
      await server.stop();
    }
  });
});

async function run(
  stack: Snippet["stack"],
  code: ExplanationCode,
  facts: Facts,
  upstream: string,
): Promise<RunningSnippet> {
  const snippet = snippets(code, facts).find((one) => one.stack === stack);
  const start = runs[stack];
  if (snippet === undefined || start === undefined) throw new Error(`There are no lines for ${stack} and ${code}.`);
  return start(snippet, upstream);
}

async function outcome({ url }: RunningSnippet, from: string, init: PageRequestInit, path = "/"): Promise<string> {
  const trace = await openPage({ origin: from }).trace(`${url}${path}`, init);
  return trace.outcome === "ok" ? `ok ${trace.response.status}` : `error ${trace.code}`;
}
