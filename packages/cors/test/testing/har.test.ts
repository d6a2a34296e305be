import { describe, expect, test } from "vitest";
import { formatStep, openPage } from "../../src/browser/index.ts";
import { HarError, type HarRequest, requestsOfHar, transportFromHar } from "../../src/testing/index.ts";

const app = "https://app.example";
const api = "https://api.example";

type Lines = readonly (readonly [name: string, value: string])[];

interface Recorded {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Lines;
  readonly status?: number;
  readonly answer?: Lines;
  readonly text?: string;
  /** What only some browsers write. */
  readonly more?: object;
  readonly moreOfRequest?: object;
  readonly moreOfResponse?: object;
}

const listed = (lines: Lines = []) => lines.map(([name, value]) => ({ name, value }));

function entry({ method = "GET", url = `${api}/`, headers, status = 200, answer, text, ...more }: Recorded): object {
  return {
    ...more.more,
    request: { method, url, headers: listed(headers), ...more.moreOfRequest },
    response: { status, statusText: "", headers: listed(answer), content: { text }, ...more.moreOfResponse },
  };
}

const har = (entries: readonly Recorded[], pages?: readonly object[]) => ({
  log: { pages, entries: entries.map(entry) },
});
const origin: Lines[number] = ["Origin", app];

describe("the requests of a recording: what is listed", () => {
  test.each<readonly [string, Recorded, boolean]>([
    ["a fetch to another origin", { headers: [origin, ["Sec-Fetch-Mode", "cors"]] }, true],
    [
      "names in lower case",
      {
        headers: [
          ["origin", app],
          ["sec-fetch-mode", "cors"],
        ],
      },
      true,
    ],
    ["over plain http, without fetch metadata", { url: "http://api.example/", headers: [origin] }, true],
    ["a fetch to its own origin", { url: `${app}/x`, headers: [origin, ["Sec-Fetch-Mode", "cors"]] }, false],
    ["a form that is posted", { method: "POST", headers: [origin, ["Sec-Fetch-Mode", "navigate"]] }, false],
    ["the same without fetch metadata", { headers: [origin], more: { _resourceType: "document" } }, false],
    [
      "an image",
      {
        headers: [
          ["Referer", `${app}/`],
          ["Sec-Fetch-Mode", "no-cors"],
        ],
      },
      false,
    ],
    ["an image without fetch metadata", { headers: [["Referer", `${app}/`]] }, false],
    ["a WebSocket", { url: "wss://api.example/", headers: [origin] }, false],
    ["a WebSocket by its http URL", { headers: [origin], more: { _resourceType: "websocket" } }, false],
    ["a data: URL", { url: "data:,x" }, false],
    ["an extension's file", { url: "chrome-extension://abc/x.js" }, false],
    ["a URL that is none", { url: "https://[", headers: [origin] }, false],
    ["a request whose page nobody knows", { more: { _resourceType: "fetch" } }, false],
  ])("%s", (_, recorded, isListed) => {
    expect(requestsOfHar(har([recorded]))).toHaveLength(isListed ? 1 : 0);
  });
});

describe("the requests of a recording: whose page", () => {
  const fetched = { _resourceType: "fetch", pageref: "page_1" };
  const page = (title: string) => [{ id: "page_1", title }];

  test.each<
    readonly [string, Recorded, readonly object[], string | undefined, HarRequest["pageOriginFrom"] | undefined]
  >([
    ["by Origin", { headers: [origin, ["Referer", "https://other.example/"]] }, [], app, "Origin"],
    ["an opaque one", { headers: [["Origin", "null"]] }, [], "null", "Origin"],
    ["by Referer", { headers: [["Referer", `${app}/path?x`]], more: fetched }, [], app, "Referer"],
    ["by the page's URL, as browsers have it", { more: fetched }, page(`${app}/path`), app, "page"],
    ["not by the title of a document, as Playwright has it", { more: fetched }, page("My app"), undefined, undefined],
    ["not by an Origin that is none", { headers: [["Origin", "\u001b[31m"]], more: fetched }, page(app), app, "page"],
    [
      "by an extension's Origin",
      { headers: [["Origin", "chrome-extension://abc"]] },
      [],
      "chrome-extension://abc",
      "Origin",
    ],
  ])("%s", (_, recorded, pages, pageOrigin, from) => {
    const [found] = requestsOfHar(har([recorded], pages));
    expect([found?.pageOrigin, found?.pageOriginFrom]).toEqual([pageOrigin, from]);
  });
});

describe("the requests of a recording: what the script set", () => {
  const browserSet: Lines = [
    [":authority", "api.example"],
    ["host", "api.example"],
    ["accept", "*/*"],
    ["accept-encoding", "br"],
    ["accept-language", "en"],
    ["cache-control", "no-cache"],
    ["pragma", "no-cache"],
    ["priority", "u=1, i"],
    ["user-agent", "Mozilla/5.0 (X11)"],
    ["sec-ch-ua", '"Chromium"'],
    ["x-requested-with", "XMLHttpRequest"],
    origin,
  ];

  test("without a preflight, what browsers do not set themselves", () => {
    const [found] = requestsOfHar(har([{ headers: browserSet }]));
    expect(found?.headers).toEqual([
      ["accept", "*/*"],
      ["x-requested-with", "XMLHttpRequest"],
    ]);
  });

  test("with one, what it asked for", () => {
    const asking: Lines = [
      origin,
      ["access-control-request-method", "GET"],
      ["access-control-request-headers", "cache-control,x-a"],
    ];
    const [found, ...more] = requestsOfHar(
      har([
        { headers: [...browserSet, ["X-A", "1"]] },
        { method: "OPTIONS", headers: asking, status: 204, answer: [["access-control-allow-origin", app]] },
      ]),
    );
    expect(more).toEqual([]);
    expect(found?.headers).toEqual([
      ["accept", "*/*"],
      ["cache-control", "no-cache"],
      ["X-A", "1"],
    ]);
    expect(found?.preflight).toEqual({
      kind: "answered",
      status: 204,
      statusText: "",
      headers: [["access-control-allow-origin", app]],
    });
  });

  test.each<readonly [string, Recorded, HarRequest["credentials"]]>([
    ["by its header", { headers: [origin, ["cookie", "a=1"]] }, "include"],
    [
      "by the list of cookies",
      { headers: [origin], moreOfRequest: { cookies: [{ name: "a", value: "1" }] } },
      "include",
    ],
    ["not, if they were taken out", { headers: [origin], moreOfRequest: { cookies: [] } }, "unknown"],
  ])("cookies are known %s", (_, recorded, credentials) => {
    expect(requestsOfHar(har([recorded]))[0]?.credentials).toBe(credentials);
  });
});

describe("the requests of a recording: what became of them", () => {
  test.each<readonly [string, Recorded, HarRequest["outcome"]]>([
    ["answered", { status: 404 }, { kind: "answered", status: 404, statusText: "", headers: [] }],
    [
      "answered and blocked",
      { status: 200, moreOfResponse: { _error: "net::ERR_FAILED" } },
      { kind: "answered", status: 200, statusText: "", headers: [], error: "net::ERR_FAILED" },
    ],
    ["blocked, in Firefox and Safari", { status: 0 }, { kind: "no-answer" }],
    [
      "blocked, in Chromium",
      { status: 0, moreOfResponse: { _error: "net::ERR_FAILED" } },
      { kind: "no-answer", error: "net::ERR_FAILED" },
    ],
    [
      "blocked, in Playwright",
      { status: -1, moreOfResponse: { _failureText: "net::ERR_FAILED" } },
      { kind: "no-answer", error: "net::ERR_FAILED" },
    ],
  ])("%s", (_, recorded, outcome) => {
    expect(requestsOfHar(har([{ headers: [origin], ...recorded }]))[0]?.outcome).toEqual(outcome);
  });

  const preflight = (method: string): Recorded => ({
    method: "OPTIONS",
    headers: [
      origin,
      ["Access-Control-Request-Method", method],
      ["Access-Control-Request-Headers", "x-a, Authorization"],
    ],
    status: 403,
  });

  test("only its preflight was recorded", () => {
    expect(requestsOfHar(har([preflight("PUT")]))).toMatchObject([
      {
        method: "PUT",
        headers: [
          ["x-a", "(hidden)"],
          ["authorization", "(hidden)"],
        ],
        preflight: { kind: "answered", status: 403 },
        outcome: { kind: "not-recorded" },
      },
    ]);
  });

  test("each takes the preflight next to it, before or behind", () => {
    const put = { method: "PUT", headers: [origin] };
    const found = requestsOfHar(
      har([preflight("PUT"), put, put, { ...preflight("PUT"), status: 204 }, preflight("GET")]),
    );
    expect(found.map(({ entry: at, preflight: asked }) => [at, asked?.kind === "answered" && asked.status])).toEqual([
      [1, 403],
      [2, 204],
      [4, 403],
    ]);
  });

  test("the later parts of a redirect belong to the request", () => {
    const found = requestsOfHar(
      har([
        { headers: [origin], status: 302, answer: [["Location", "https://other.example/next"]] },
        { url: "https://other.example/next", headers: [["Origin", "null"]] },
      ]),
    );
    expect(found.map(({ url }) => url)).toEqual([`${api}/`]);
  });

  test("secrets are never told", () => {
    const secret: Lines = [
      ["Cookie", "sid=s3cret"],
      ["Authorization", "Bearer s3cret"],
      ["Set-Cookie", "sid=s3cret\nother=s3cret; Secure"],
      ["X-Api-Key", "s3cret"],
    ];
    const found = requestsOfHar(
      har([{ url: `${api}/?access_token=s3cret`, headers: [origin, ...secret], answer: secret, text: "s3cret" }]),
    );
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain("s3cret");
  });
});

describe("a recording as a server", () => {
  const any: Lines = [["access-control-allow-origin", "*"]];
  const open = (recorded: readonly Recorded[]) => openPage({ origin: app, transport: transportFromHar(har(recorded)) });
  const message = async (recorded: readonly Recorded[], init: RequestInit = {}, times = 1) => {
    const page = open(recorded);
    for (let index = 1; index < times; index += 1) await page.trace(`${api}/`, init);
    const trace = await page.trace(`${api}/`, init);
    return trace.outcome === "error" ? trace.steps.map((step) => formatStep(step)).at(-1) : "ok";
  };

  test("answers in the order of the recording, bodies and all", async () => {
    const page = open([
      { answer: any, text: "one" },
      { url: `${api}/other`, answer: any, text: "other" },
      { answer: any, text: "dHdv", moreOfResponse: { content: { text: "dHdv", encoding: "base64" } } },
      { answer: any, moreOfResponse: { content: { text: "no base64!", encoding: "base64" } } },
    ]);
    const seen: string[] = [];
    for (const path of ["/", "/", "/other", "/#fragment"]) seen.push(await (await page.fetch(api + path)).text());
    expect(seen).toEqual(["one", "two", "other", "no base64!"]);
  });

  test("asks the recorded preflight", async () => {
    const preflight: Recorded = {
      method: "OPTIONS",
      status: 204,
      answer: [...any, ["access-control-allow-methods", "PUT"]],
    };
    const trace = await open([preflight, { method: "PUT", answer: any, status: 201 }]).trace(api, { method: "PUT" });
    expect(trace).toMatchObject({ outcome: "ok", response: { status: 201 } });
    expect(trace.exchanges.map(({ kind }) => kind)).toEqual(["preflight", "actual"]);
  });

  test.each<readonly [string, readonly Recorded[], string | undefined]>([
    ["taken for passed if its request was answered", [{ method: "PUT", answer: any }], undefined],
    ["not, if its request was not answered", [{ method: "PUT", status: 0 }], "opaque-network-error"],
    ["not, if its request was another", [{ method: "GET", answer: any }], "opaque-network-error"],
    [
      "not, if it was recorded",
      [
        { method: "OPTIONS", status: 404, answer: any },
        { method: "PUT", answer: any },
      ],
      "preflight-status-not-ok",
    ],
  ])("a preflight that is missing can be %s", async (_, recorded, code) => {
    const transport = transportFromHar(har(recorded), { assumePreflights: true });
    const trace = await openPage({ origin: app, transport }).trace(`${api}/`, {
      method: "PUT",
      headers: { "X-A": "1" },
    });
    expect(trace.outcome === "error" ? trace.code : undefined).toBe(code);
  });

  test("keeps lines apart that were recorded in one", async () => {
    const trace = await open([{ answer: [["access-control-allow-origin", `*\n${app}`]] }]).trace(api);
    expect(trace).toMatchObject({ code: "multiple-allow-origin-values" });
    expect(trace.exchanges[0]?.response?.headers).toHaveLength(2);
  });

  test("knows a URL without its secrets", async () => {
    const url = `${api}/?token=abc`;
    const recording = har([{ url, headers: [origin], answer: any }]);
    const [found] = requestsOfHar(recording);
    const page = openPage({ origin: app, transport: transportFromHar(recording) });
    expect(await page.trace(found?.url ?? "")).toMatchObject({ outcome: "ok" });
  });

  test.each<readonly [string, readonly Recorded[], RequestInit, number, string]>([
    ["what it does not hold", [], {}, 1, `No response came from ${api}/: the recording holds no GET ${api}/`],
    [
      "a preflight that it does not hold",
      [{ method: "PUT" }],
      { method: "PUT" },
      1,
      `No response came from ${api}/: the recording holds no OPTIONS ${api}/. Not every browser records preflights: Safari and Playwright do not`,
    ],
    [
      "what was used up",
      [{ answer: any }],
      {},
      2,
      `No response came from ${api}/: the recording holds GET ${api}/ once, and it was asked for again`,
    ],
    [
      "what was used up twice",
      [{ answer: any }, { answer: any }],
      {},
      3,
      `No response came from ${api}/: the recording holds GET ${api}/ 2 times, and it was asked for again`,
    ],
    [
      "what has no answer",
      [{ status: 0, moreOfResponse: { _error: "net::ERR_FAILED" } }],
      {},
      1,
      `No response came from ${api}/: the recording holds GET ${api}/ without an answer (net::ERR_FAILED)`,
    ],
  ])("rejects %s", async (_, recorded, init, times, expected) => {
    expect(await message(recorded, init, times)).toBe(expected);
  });
});

describe("what is no recording", () => {
  const request = { method: "GET", url: `${api}/`, headers: [] };
  const withRequest = (change: object) => ({ log: { entries: [{ request: { ...request, ...change } }] } });
  const withResponse = (response: unknown) => ({ log: { entries: [{ request, response }] } });

  test.each<readonly [string, string | object, string, string]>([
    ["no JSON", "<html>", "the file", "it is not JSON. It ends in the middle: save it again."],
    ["JSON with more behind", "{} }", "the file", "it is not JSON."],
    ["a number", "1", "the file", "expected an object, found 1."],
    ["a list", "[]", "the file", "expected an object, found a list."],
    ["no log", {}, "log", "expected an object, found nothing."],
    ["no entries", { log: {} }, "log.entries", "expected a list, found nothing."],
    ["pages that are text", { log: { pages: "x", entries: [] } }, "log.pages", 'expected a list, found "x".'],
    ["an entry that is null", { log: { entries: [null] } }, "log.entries[0]", "expected an object, found null."],
    ["no request", { log: { entries: [{}] } }, "log.entries[0].request", "expected an object, found nothing."],
    ["a URL that is a number", withRequest({ url: 12 }), "log.entries[0].request.url", "expected a string, found 12."],
    [
      "no method",
      withRequest({ method: undefined }),
      "log.entries[0].request.method",
      "expected a string, found nothing.",
    ],
    [
      "no headers",
      withRequest({ headers: undefined }),
      "log.entries[0].request.headers",
      "expected a list, found nothing.",
    ],
    [
      "headers as an object",
      withRequest({ headers: { a: "b" } }),
      "log.entries[0].request.headers",
      "expected a list, found an object.",
    ],
    [
      "a header without a value",
      withRequest({ headers: [{ name: "a" }] }),
      "log.entries[0].request.headers[0].value",
      "expected a string, found nothing.",
    ],
    [
      "a status as text",
      withResponse({ status: "\u001b200" }),
      "log.entries[0].response.status",
      'expected an integer, found "\\\\u001b200".',
    ],
    [
      "an answer without headers",
      withResponse({ status: 200 }),
      "log.entries[0].response.headers",
      "expected a list, found nothing.",
    ],
    [
      "a body that is a number",
      withResponse({ status: 200, headers: [], content: { text: 1 } }),
      "log.entries[0].response.content.text",
      "expected a string, found 1.",
    ],
  ])("%s", (_, broken, path, message) => {
    const thrown = caught(() => requestsOfHar(broken));
    expect(thrown).toBeInstanceOf(HarError);
    expect(thrown).toMatchObject({ path, message: `HAR, ${path}: ${message}` });
    expect(caught(() => transportFromHar(broken))).toMatchObject({ path });
  });

  test("text, bytes, and a mark of byte order are read alike", () => {
    const text = JSON.stringify(har([{ headers: [origin] }]));
    for (const form of [text, `\uFEFF${text}`, new TextEncoder().encode(text)]) {
      expect(requestsOfHar(form)).toHaveLength(1);
    }
  });
});

describe("a recording that means harm", () => {
  const many = (count: number, make: (index: number) => Recorded) =>
    har(Array.from({ length: count }, (_, index) => make(index)));

  test.each<readonly [string, () => string | Uint8Array | object, string, RegExp]>([
    ["more than 100 MB", () => new Uint8Array(101 * 1024 * 1024), "the file", /101 MB; at most 100 MB are read/],
    ["nested without end", () => "[".repeat(5_000_000), "the file", /not JSON|nested/],
    ["too many entries", () => ({ log: { entries: new Array(100_001) } }), "log.entries", /at most 100000/],
    [
      "too many headers",
      () => many(1, () => ({ headers: new Array(1_001).fill(["a", "b"]) })),
      "log.entries[0].request.headers",
      /at most 1000/,
    ],
    [
      "a long header",
      () => many(1, () => ({ headers: [["a", "b".repeat(65_537)]] })),
      "log.entries[0].request.headers[0].value",
      /at most 65536/,
    ],
    [
      "a long URL",
      () => many(1, () => ({ url: `https://a.example/${"b".repeat(65_536)}` })),
      "log.entries[0].request.url",
      /at most 65536/,
    ],
  ])("%s is refused", (_, make, path, message) => {
    const thrown = caught(() => requestsOfHar(make()));
    expect(thrown).toMatchObject({ path, message: expect.stringMatching(message) });
  });

  test("names of objects are names like others", () => {
    const text = `{"log":{"pages":[{"id":"__proto__","title":"${app}/"}],"entries":[${JSON.stringify(
      entry({
        headers: [
          ["__proto__", "x"],
          ["constructor", "y"],
        ],
        more: { _resourceType: "fetch", pageref: "__proto__" },
      }),
    )}]}}`;
    expect(requestsOfHar(text)[0]).toMatchObject({
      pageOrigin: app,
      headers: [
        ["__proto__", "x"],
        ["constructor", "y"],
      ],
    });
  });

  test("so many preflights of one request, and requests without end, are read all the same", () => {
    const asking: Lines = [origin, ["access-control-request-method", "PUT"]];
    const found = requestsOfHar(
      many(100_000, (index) =>
        index % 2 === 0 ? { method: "OPTIONS", headers: asking } : { method: "PUT", headers: [origin] },
      ),
    );
    expect(found).toHaveLength(50_000);
  });

  test("60 MB of bodies are read", () => {
    const text = JSON.stringify(many(60, () => ({ headers: [origin], text: "x".repeat(1024 * 1024) })));
    expect(requestsOfHar(text)).toHaveLength(60);
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}
