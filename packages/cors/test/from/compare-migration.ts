import { expect } from "vitest";
import type { Migration } from "../../src/from/express-cors.ts";
import { decide, definePolicy, type Policy, type PolicyInput, type RequestFacts, respond } from "../../src/index.ts";
import { mayRead, maySend, type PageRequest, type SomeAnswer } from "./page-rules.ts";
import { type PackageName, type RealServer, startReal } from "./real-packages.ts";

/** One set of options, with what is claimed of it. */
export interface MigrationCase {
  readonly options: unknown;
  readonly policy: PolicyInput;
  /** The codes of the notes that are not `info`, each with its path. */
  readonly notes: readonly string[];
  /** Codes of notes that are `info` and must be there. */
  readonly infos?: readonly string[];
  /** Origins whose pages the real package lets read; with cookies where the options have credentials. */
  readonly theyAllow?: readonly string[];
  /** Origins that the real package lets nobody read for. */
  readonly theyRefuse?: readonly string[];
  /** Does the package pass preflights in a way of its own, so that only origins are compared? */
  readonly preflightsDiffer?: boolean;
  readonly credentials?: boolean;
}

/** Origins to compare: what policies name, and what other pages send. */
const origins = [
  "https://app.example.com",
  "https://example.com",
  "https://deep.sub.example.com",
  "https://x_y.example.com",
  "https://x.y_z.example.com",
  "https://pr-7.example.com",
  "https://pr-x_y.example.com",
  "https://pr-.example.com",
  "https://pr-7.x.example.com",
  "https://7--shop.example.com",
  "https://evilexample.com",
  "https://appxexample.com",
  "https://app.example.com.evil.example",
  "https://example.com.evil.example",
  "https://evil.example",
  "http://app.example.com",
  "http://localhost",
  "http://localhost:3000",
  "null",
  "*",
];
const methods = ["GET", "PUT", "PATCH", "DELETE", "QUERY", "patch"];
const headers = ["x-a", "content-type", "authorization"];

/** Starts the real package, and holds the migration against what it answers. */
export async function compareMigration(
  name: PackageName,
  translate: (options: never) => Migration,
  row: MigrationCase,
): Promise<void> {
  const { policy, notes } = translate(row.options as never);
  expect(policy).toEqual(row.policy);
  expect(notes.filter(({ severity }) => severity !== "info").map(({ code, path }) => `${code} ${path}`.trim())).toEqual(
    row.notes,
  );
  expect(notes.map(({ code }) => code)).toEqual(expect.arrayContaining([...(row.infos ?? [])]));
  for (const note of notes) expect(note.message.length > 10 && note.fix.length > 3, note.code).toBe(true);
  const checked = policy.allowOrigins === undefined ? undefined : definePolicy(policy);
  const server = await startReal(name, row.options);
  try {
    await holdClaims(server, row);
    await holdNothingMore(server, checked, row);
  } finally {
    await server.close();
  }
}

async function holdClaims(server: RealServer, row: MigrationCase): Promise<void> {
  for (const origin of row.theyAllow ?? []) {
    const page = { origin, credentials: row.credentials ?? false };
    expect(mayRead(await server.ask("GET", { origin }), page), `the real package allows ${origin}`).toBe(true);
  }
  for (const origin of row.theyRefuse ?? []) {
    const readable = [false, true].map((credentials) => ({ origin, credentials }));
    const answer = await server.ask("GET", { origin });
    expect(
      readable.some((page) => mayRead(answer, page) && page.credentials === (row.credentials ?? false)),
      `the real package refuses ${origin}`,
    ).toBe(false);
  }
}

/** What our answer lets a page do, the package's must let it do too. */
export async function holdNothingMore(
  server: RealServer,
  policy: Policy | undefined,
  row: Pick<MigrationCase, "preflightsDiffer">,
): Promise<void> {
  if (policy === undefined) return;
  for (const origin of origins) {
    // Twice, because an expression with a state answers every other time.
    const theirs = [await server.ask("GET", { origin }), await server.ask("GET", { origin })];
    const ours = answerOf(policy, { method: "GET", origin });
    for (const page of pagesOf(origin)) {
      const granted = !mayRead(ours, page) || theirs.some((answer) => mayRead(answer, page));
      expect(granted, `we allow ${JSON.stringify(page)}, the real package does not`).toBe(true);
    }
    if (row.preflightsDiffer !== true) await holdPreflights(server, policy, origin);
  }
}

async function holdPreflights(server: RealServer, policy: Policy, origin: string): Promise<void> {
  for (const [index, method] of methods.entries()) {
    const header = headers[index % headers.length] ?? "x-a";
    const asked = { origin, "access-control-request-method": method, "access-control-request-headers": header };
    const theirs = [await server.ask("OPTIONS", asked), await server.ask("OPTIONS", asked)];
    const ours = answerOf(policy, { method: "OPTIONS", origin, requestMethod: method, requestHeaders: header });
    for (const page of pagesOf(origin)) {
      const granted =
        !maySend(ours, page, method, header) || theirs.some((answer) => maySend(answer, page, method, header));
      expect(granted, `we let ${JSON.stringify(page)} send ${method} with ${header}, the real package does not`).toBe(
        true,
      );
    }
  }
}

function pagesOf(origin: string): readonly PageRequest[] {
  return [false, true].map((credentials) => ({ origin, credentials }));
}

function answerOf(policy: Policy, facts: RequestFacts): SomeAnswer {
  const answer = respond(decide(policy, facts));
  return {
    status: answer.status ?? 200,
    lines: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), [value]])),
  };
}
