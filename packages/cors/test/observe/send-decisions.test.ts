import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { cors } from "../../src/adapters/fetch.ts";
import { type DecisionRecord, type SendOptions, type SentDecisions, sendDecisions } from "../../src/observe/index.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A journal that answers with these statuses in turn, and with 204 from then on. */
async function journal(...statuses: number[]) {
  const sent: SentDecisions[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    void json(request).then((body) => {
      sent.push(body as SentDecisions);
      response.writeHead(statuses.shift() ?? 204, { location: "http://127.0.0.1:9/" });
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/decisions`, sent, requests, close };
}

const noAnswer = {
  allowOrigin: undefined,
  allowCredentials: false,
  allowMethods: undefined,
  allowHeaders: undefined,
  exposeHeaders: undefined,
  maxAge: undefined,
  vary: "Origin",
};
const event: DecisionRecord = {
  time: 1,
  kind: "actual",
  reason: "allowed",
  preflight: false,
  method: "GET",
  refused: [],
  answer: noAnswer,
};

describe("decisions that are sent", () => {
  test("arrive with their name and the token, in the order in which they were made", async () => {
    const { url, sent, requests } = await journal();
    const sender = sendDecisions({ url, token: "secret", service: "orders" });
    const handle = cors(
      { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] },
      { onDecision: sender.onDecision },
    )(() => new Response("hello"));
    await handle(new Request("https://api.example/a?token=1", { headers: { origin: "https://other.example" } }));
    await handle(
      new Request("https://api.example/b", {
        method: "OPTIONS",
        headers: { origin: "https://app.example.com", "access-control-request-method": "PUT" },
      }),
    );
    await sender.close();
    expect(sent).toMatchObject([
      {
        version: 1,
        sequence: 1,
        service: "orders",
        lost: 0,
        events: [
          { reason: "origin-refused", path: "/a", origin: "https://other.example" },
          {
            reason: "allowed",
            preflight: true,
            requestedMethod: "PUT",
            answer: { allowOrigin: "https://app.example.com", allowMethods: "PUT" },
          },
        ],
      },
    ]);
    expect(requests[0]?.headers).toMatchObject({ authorization: "Bearer secret", "content-type": "application/json" });
    expect(sender.lost).toBe(0);
  });

  test("leave by themselves within a second, and at once when there are many", async () => {
    const { url, sent } = await journal();
    const sender = sendDecisions({ url });
    sender.onDecision(event);
    await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(1);
    for (let count = 0; count < 500; count += 1) sender.onDecision(event);
    await expect.poll(() => sent.length, { timeout: 5_000, interval: 5 }).toBe(2);
    expect(sent.map(({ events }) => events.length)).toEqual([1, 500]);
    await sender.close();
  });

  test.each([500, 503, 429, 408])("come again, as the same, after %i", async (status) => {
    const { url, sent } = await journal(status);
    const errors: string[] = [];
    const sender = sendDecisions({ url, onError: ({ message }) => errors.push(message) });
    sender.onDecision(event);
    await sender.flush();
    expect(errors).toEqual([`corsmith: ${url} answered decisions with ${status}.`]);
    sender.onDecision({ ...event, time: 2 });
    await sender.close();
    expect(sent.map(({ sequence, events }) => [sequence, events.length])).toEqual([
      [1, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(sent[1]).toEqual(sent[0]);
    expect(sender.lost).toBe(0);
  });

  test.each([401, 403, 404, 413])("are dropped and counted after %i, which no waiting would change", async (status) => {
    const { url, sent } = await journal(status);
    const sender = sendDecisions({ url, onError: () => {} });
    sender.onDecision(event);
    await sender.flush();
    expect(sender.lost).toBe(1);
    sender.onDecision(event);
    await sender.close();
    expect(sent.map(({ sequence, lost }) => [sequence, lost])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  test("take the token nowhere else: a redirect is not followed", async () => {
    const { url } = await journal(307);
    const errors: string[] = [];
    const sender = sendDecisions({ url, token: "secret", onError: ({ message }) => errors.push(message) });
    sender.onDecision(event);
    await sender.flush();
    expect(errors).toEqual([expect.stringContaining("nothing is listening for decisions at")]);
    await sender.close();
  });

  test.each<[string, number | "closed", RegExp]>([
    [
      "where nothing listens",
      "closed",
      /nothing is listening for decisions at .* \(ECONNREFUSED\)\..*the decisions wait.*corsmith console/,
    ],
    [
      "where a token is required",
      401,
      /answered decisions with 401\. It requires a token: sendDecisions\(\{ token \}\)\.$/,
    ],
    [
      "where something else listens",
      404,
      /answered decisions with 404\. Is it the admin address of a `corsmith console`/,
    ],
  ])("%s: it is said what can be done", async (_, answer, said) => {
    const { url, close } = await journal(...(answer === "closed" ? [] : [answer]));
    if (answer === "closed") await close();
    const errors: string[] = [];
    const sender = sendDecisions({ url, onError: ({ message }) => errors.push(message) });
    sender.onDecision(event);
    await sender.close();
    expect(errors).toEqual([expect.stringMatching(said)]);
  });

  test.each([
    ["", "/api/decisions"],
    ["/", "/api/decisions"],
    ["/shop/api/decisions", "/shop/api/decisions"],
  ])("to an address with the path '%s' arrive at %s", async (path, arrivesAt) => {
    const { url, requests } = await journal();
    const sender = sendDecisions({ url: new URL(url).origin + path });
    sender.onDecision(event);
    await sender.close();
    expect(requests.map((request) => request.url)).toEqual([arrivesAt]);
  });

  test("are a set of options as they stand, with the status of the answer", async () => {
    const { url, sent } = await journal();
    const sender = sendDecisions({ url });
    const handle = cors({ allowOrigins: "*" }, sender)(() => new Response("no", { status: 418 }));
    await handle(new Request("https://api.example/", { headers: { origin: "https://a.example", cookie: "a=secret" } }));
    await sender.close();
    expect(sent.flatMap(({ events }) => events)).toMatchObject([{ finalStatus: 418, credentials: true }]);
    expect(JSON.stringify(sent)).not.toContain("secret");
  });

  test("wait in a queue of bounded length while the journal is away, and it is said once", async () => {
    const errors: string[] = [];
    const sender = sendDecisions({
      url: "http://127.0.0.1:9/",
      maxQueueSize: 700,
      onError: ({ message }) => errors.push(message),
    });
    for (let count = 0; count < 2_000; count += 1) sender.onDecision(event);
    await sender.flush();
    await sender.flush();
    // 500 are on their way, and 700 wait.
    expect(sender.lost).toBe(800);
    await sender.close();
    expect(sender.lost).toBe(2_000);
    sender.onDecision(event);
    expect(sender.lost).toBe(2_001);
    expect(errors).toHaveLength(1);
  });
});

describe("options that cannot be", () => {
  test.each<[string, SendOptions, RegExp]>([
    ["no URL", { url: "journal" }, /address of a journal/],
    ["another scheme", { url: "ftp://a.example/" }, /http or https/],
    ["a user in the URL", { url: "http://me:secret@a.example/" }, /without a user/],
    ["a token with a line end", { url: "http://a.example/", token: "a\n" }, /line end/],
    ["no name", { url: "http://a.example/", service: "" }, /service/],
    ["a queue of nothing", { url: "http://a.example/", maxQueueSize: 0 }, /maxQueueSize/],
  ])("%s", (_, options, message) => {
    expect(() => sendDecisions(options)).toThrow(message);
  });
});
