import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { cors } from "@corsmith/cors/fetch";
import { sendDecisions } from "@corsmith/cors/observe";
import { describe, expect, test } from "vitest";
import { Recorder } from "../../../src/journal/counting/recorder.ts";
import { SentDecisionsReader } from "../../../src/journal/counting/sent-decisions.ts";
import { openJournal } from "../../../src/journal/open-journal.ts";
import type { SentDecisions } from "../../../src/journal/schema/decisions.ts";
import { lately } from "../support/decided.ts";

test("a middleware's decisions stand in the journal like the gateway's, under the name of its service", async () => {
  const journal = await openJournal({ place: { kind: "memory" } });
  const server = createServer(async (request, response) => {
    await journal.takeSent((await json(request)) as SentDecisions);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const sender = sendDecisions({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    service: "orders",
  });
  const handle = cors(
    { allowOrigins: ["https://app.example.com"] },
    { onDecision: sender.onDecision },
  )(() => new Response());
  for (const origin of ["https://app.example.com", "https://other.example"])
    await handle(new Request("https://api.example/a?token=secret", { headers: { origin } }));
  await sender.close();
  await journal.flush();
  expect(await journal.queries.routes(lately())).toMatchObject([
    { route: "orders", allowed: 1, refused: 1, origins: 2 },
  ]);
  const { samples } = await journal.queries.samples({ blocked: true });
  expect(samples).toMatchObject([
    { route: "orders", path: "/a", origin: "https://other.example", status: 200, answer: [["vary", "Origin"]] },
  ]);
  await journal.close();
  server.close();
});

test("a middleware's errors, and unknown origins with credentials, are known as the gateway's are", async () => {
  const journal = await openJournal({ place: { kind: "memory" } });
  const origin = "https://a.partner.example";
  const seen = { ...event, origin, answer: { allowOrigin: origin, vary: "Origin" }, credentials: true };
  const events = [
    { ...seen, finalStatus: 200, headerless: false },
    { ...seen, finalStatus: 500, headerless: true },
  ];
  expect(await journal.takeSent({ ...body, events })).toMatchObject({ taken: 2, skipped: 0 });
  await journal.flush();
  const { queries } = journal;
  expect(await queries.origins({ verdict: "allowed", credentials: true, limit: 5 })).toMatchObject({
    total: 1,
    origins: [{ origin }],
  });
  expect(await queries.overview(lately())).toMatchObject({ counts: { errors: 1, headerless: 1, credentialed: 2 } });
  const { samples } = await queries.samples({});
  expect(samples.map(({ status }) => status).toSorted()).toEqual([200, 500]);
  await journal.close();
});

test.each([
  ["a status that is none", { finalStatus: 7 }],
  ["a flag that is none", { credentials: "yes" }],
])("an event with %s is skipped", (_, wrong) => {
  const taken = new SentDecisionsReader(new Recorder()).take({ ...body, events: [{ ...event, ...wrong }] });
  expect(taken).toMatchObject({ taken: 0, skipped: 1 });
});

const event = {
  time: Date.now(),
  kind: "actual",
  reason: "allowed",
  preflight: false,
  method: "GET",
  refused: [],
  answer: { vary: "Origin" },
};
const body: SentDecisions = { version: 1, sender: "a", sequence: 1, service: "/", lost: 0, events: [event] };

describe("what is posted", () => {
  test("twice is counted once", () => {
    const recorder = new Recorder();
    const reader = new SentDecisionsReader(recorder);
    expect(reader.take(body)).toEqual({ taken: 1, skipped: 0, repeated: false });
    expect(reader.take(body)).toEqual({ taken: 0, skipped: 0, repeated: true });
    expect(reader.take({ ...body, sender: "b" })).toMatchObject({ taken: 1 });
    expect(recorder.waiting).toBe(2);
  });

  test("but lost on the way is counted as lost, and what is not understood too", () => {
    const recorder = new Recorder();
    const events = [
      event,
      { ...event, reason: "unheard-of" },
      { ...event, answer: "none" },
      null,
      { ...event, refused: [1] },
    ];
    expect(new SentDecisionsReader(recorder).take({ ...body, lost: 3, events })).toMatchObject({
      taken: 1,
      skipped: 4,
    });
    expect(recorder.lost.decisions).toBe(7);
  });
});
