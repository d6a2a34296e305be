import { connect } from "node:net";
import { type DecisionRecord, type DecisionSender, sendDecisions } from "@corsmith/cors/observe";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { allHosts } from "./hosts/all-hosts.ts";
import { plainSetup, watcher } from "./hosts/host.ts";
import { type Ask, ask } from "./support/ask.ts";
import { startJournal, type TestJournal } from "./support/journal.ts";
import type { Running } from "./support/listen.ts";
import { app, policies } from "./table/policies.ts";

let journal: TestJournal;
let sender: DecisionSender;

beforeAll(async () => {
  journal = await startJournal();
  sender = sendDecisions({ url: journal.url });
  watcher.onDecision = sender.onDecision;
});
afterAll(async () => {
  watcher.onDecision = undefined;
  await sender.close();
  await journal.close();
});
afterEach(() => void journal.take());

const page: Ask["headers"] = [["Origin", app]];
const preflight = (method: string): Ask => ({
  method: "OPTIONS",
  path: "/ok",
  headers: [
    ["Origin", app],
    ["Access-Control-Request-Method", method],
  ],
});

/** A request, and what the journal is to know of it in the end. */
const cases: readonly (readonly [name: string, asked: Ask, known: Partial<DecisionRecord>])[] = [
  ["a success", { path: "/ok", headers: page }, { finalStatus: 200, credentials: false, headerless: false }],
  ["an error that was thrown", { path: "/thrown", headers: page }, { finalStatus: 500, headerless: false }],
  ["a path that is not there", { path: "/missing", headers: page }, { finalStatus: 404, headerless: false }],
  ["an error of the application's own", { path: "/teapot", headers: page }, { finalStatus: 418 }],
  ["a stream", { path: "/stream", headers: page }, { finalStatus: 200 }],
  ["a stream that breaks off", { path: "/aborted", headers: page }, { finalStatus: 200 }],
  ["a preflight that is allowed", preflight("PUT"), { finalStatus: 204, status: 204, preflight: true }],
  [
    "a preflight of a foreign page",
    {
      ...preflight("PUT"),
      headers: [
        ["Origin", "https://evil.example"],
        ["Access-Control-Request-Method", "PUT"],
      ],
    },
    { finalStatus: 403, status: 403, headerless: false },
  ],
  [
    "a cookie",
    {
      path: "/ok",
      headers: [
        ["Origin", app],
        ["Cookie", "session=secret"],
      ],
    },
    { finalStatus: 200, credentials: true },
  ],
  [
    "an Authorization",
    {
      path: "/ok",
      headers: [
        ["Origin", app],
        ["authorization", "Bearer secret"],
      ],
    },
    { credentials: true },
  ],
];

describe.each(allHosts.map((host) => [host.name, host] as const))("what %s tells the journal of", (_, host) => {
  let server: Running;
  beforeAll(async () => {
    server = await host.start(policies.page, plainSetup);
  });
  afterAll(async () => await server.close());

  it.each(cases)("%s", async (_name, asked, known) => {
    await ask(server.port, asked).catch(() => undefined);
    await expect.poll(() => sender.flush().then(() => journal.size)).toBe(1);
    const events = journal.take();
    expect(events).toMatchObject([known]);
    expect(JSON.stringify(events)).not.toContain("secret");
  });

  it("a client that leaves before it is answered: that it was there", async () => {
    const socket = connect(server.port, "127.0.0.1");
    const request = `POST /checked HTTP/1.1\r\nHost: a.example\r\nOrigin: ${app}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`;
    await new Promise<void>((resolve) => socket.write(request, () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    await expect.poll(() => sender.flush().then(() => journal.size)).toBe(1);
    expect(journal.take()).toMatchObject([{ reason: "allowed", origin: app, credentials: false }]);
  });
});
