import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { definePolicy } from "@corsmith/cors";
import { cors } from "@corsmith/cors/fetch";
import { sendDecisions } from "@corsmith/cors/observe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answers } from "../../src/api/api-types.ts";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { OperatorClient } from "./support/operator-client.ts";

const yaml = `# The policy of the shop
policy:
  allowOrigins:
    - https://app.example.com # the app
    - https://*.example.org
  allowCredentials: true
  allowMethods: [PUT,   DELETE]
routes:
  - path: /public
    policy: { allowOrigins: "*" }
`;

let folder: ConfigFolder;
let upstream: TestUpstream;
let corsmith: CorsmithProcess;
let api: OperatorClient;
let gateway: string;
let admin: string;

beforeAll(async () => {
  folder = new ConfigFolder({ "corsmith.config.yaml": yaml });
  upstream = await TestUpstream.start();
  const ports = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];
  corsmith = new CorsmithProcess(["serve", "--upstream", upstream.url, ...ports], { cwd: folder.path });
  const serving = await corsmith.event("serving", undefined, 50);
  [gateway, admin] = [String(serving["listen"]), String(serving["admin"])];
  api = new OperatorClient(admin);
});
afterAll(async () => {
  await corsmith[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const file = (): string => folder.file("corsmith.config.yaml");
const source = async (): Promise<Answers["getPolicySource"]> =>
  (await api.get("/api/policy/source")).body as Answers["getPolicySource"];

describe("what is wrong with a call is said with a code, the field, the value and the fix", () => {
  const table: [name: string, path: string, body: string | undefined, expected: object][] = [
    ["a path that is not there", "/api/polcy", undefined, { status: 404, code: "not-found", fix: "/api/policy" }],
    ["an empty segment", "/api//policy", undefined, { status: 404, code: "not-found" }],
    ["dots in the path, encoded", "/api/%2e%2e/policy", undefined, { status: 404, code: "not-found" }],
    ["a slash at the end", "/api/policy/", undefined, { status: 404, code: "not-found" }],
    ["upper case", "/api/POLICY", undefined, { status: 404, code: "not-found" }],
    ["a segment that is not encoded right", "/api/origins/%E0%A4%A", undefined, { status: 404, code: "not-found" }],
    [
      "a parameter that is not there",
      "/api/origins?limt=3",
      undefined,
      { code: "parameter-unknown", value: "limt", fix: "limit" },
    ],
    [
      "a number that is none",
      "/api/origins?limit=abc",
      undefined,
      { code: "parameter-invalid", field: "query.limit", value: "abc" },
    ],
    [
      "a number that is too large",
      "/api/origins?limit=501",
      undefined,
      { code: "parameter-invalid", field: "query.limit", value: 501 },
    ],
    [
      "a word that is none of those",
      "/api/origins?sort=name",
      undefined,
      { code: "parameter-invalid", field: "query.sort", value: "name" },
    ],
    [
      "a parameter twice",
      "/api/origins?limit=1&limit=2",
      undefined,
      { code: "parameter-invalid", field: "query.limit" },
    ],
    [
      "a window that ends before it begins",
      "/api/decisions/overview?from=5&to=4",
      undefined,
      { code: "parameter-invalid", field: "query.from" },
    ],
    [
      "a version that is no number",
      "/api/policy/versions/x",
      undefined,
      { code: "parameter-invalid", field: "path.id" },
    ],
    [
      "a version that is not there",
      "/api/policy/versions/999",
      undefined,
      { status: 404, code: "version-unknown", value: 999 },
    ],
    [
      "a cursor of one's own making",
      "/api/policy/versions?cursor=x",
      undefined,
      { code: "cursor-invalid", value: "x" },
    ],
    [
      "an origin that never called",
      "/api/origins/https%3A%2F%2Fnobody.example",
      undefined,
      { status: 404, code: "not-found", value: "https://nobody.example" },
    ],
    ["a body that is no JSON", "/api/policy/check", "{", { status: 400, code: "body-not-json", field: "body" }],
    ["a body that is no UTF-8", "/api/policy/check", "\u{ff}", { status: 400, code: "body-invalid", field: "body" }],
    [
      "a body of the wrong shape",
      "/api/policy/check",
      '{"text":1}',
      { status: 400, code: "body-invalid", field: "body.text", value: 1 },
    ],
    [
      "a body with a key that is not there",
      "/api/policy/check",
      '{"text":"","force":true}',
      { code: "body-invalid", field: "body.force" },
    ],
    [
      "an apply without a confirmation",
      "/api/policy/apply",
      '{"text":"","base":"x"}',
      { status: 400, code: "confirmation-missing", fix: "true" },
    ],
    [
      "an apply that says no",
      "/api/policy/apply",
      '{"text":"","base":"x","confirm":false}',
      { code: "confirmation-missing" },
    ],
    [
      "a check of somebody else's server",
      "/api/check",
      '{"url":"http://example.com/","origin":"https://a.example"}',
      { status: 403, code: "check-refused", value: "http://example.com/" },
    ],
    [
      "a check that names us as a user of somebody else's",
      "/api/check",
      '{"url":"http://127.0.0.1@example.com/","origin":"https://a.example"}',
      { status: 403, code: "check-refused" },
    ],
    [
      "a check of a file",
      "/api/check",
      '{"url":"file:///etc/passwd","origin":"https://a.example"}',
      { status: 403, code: "check-refused" },
    ],
  ];
  test.each(table)("%s", async (_, path, body, expected) => {
    const answer =
      body === undefined ? await api.get(path) : await api.send(path, body === "\u{ff}" ? '"\u{ff}"' : body);
    expect(answer.body).toMatchObject({ detail: expect.any(String), fix: expect.any(String), ...expected });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.status).toBe((answer.body as { status: number }).status);
  });

  test("a body of another type, which a form on any page could send", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const { status, body } = await api.send("/api/policy/check", '{"text":""}', type);
      expect({ status, body }).toMatchObject({ status: 415, body: { code: "body-type-unsupported", value: type } });
    }
  });

  test("a body that is too large, said and not said to be so", async () => {
    const large = JSON.stringify({ text: "x".repeat(1_100_000) });
    expect((await api.send("/api/policy/check", large)).body).toMatchObject({ status: 413, code: "body-too-large" });
    const chunked = await rawPost(
      "/api/policy/matrix",
      "transfer-encoding: chunked",
      `10ffff\r\n${" ".repeat(0x10ffff)}\r\n0\r\n\r\n`,
    );
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
    expect(chunked).toMatch(/connection: close/i);
  });

  test("a method that the path does not know", async () => {
    for (const [method, path, allow] of [
      ["DELETE", "/api/policy", "GET, HEAD"],
      ["GET", "/api/policy/apply", "POST"],
      ["OPTIONS", "/api/status", "GET, HEAD"],
    ] as const) {
      const response = await fetch(admin + path, { method });
      expect(response.status, `${method} ${path}`).toBe(405);
      expect(response.headers.get("allow")).toBe(allow);
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  /** A POST with its body framed by hand. */
  async function rawPost(path: string, framing: string, body: string): Promise<string> {
    return await new Promise((resolve, reject) => {
      let received = "";
      const socket = connect(Number(new URL(admin).port), "127.0.0.1", () => {
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n${framing}\r\n\r\n${body}`,
        );
      });
      socket.setEncoding("utf8").on("data", (text: string) => {
        received += text;
      });
      socket
        .once("close", () => resolve(received))
        .once("error", (error) => (received ? resolve(received) : reject(error)));
    });
  }
});

describe("the policy", () => {
  test("in force, its routes, and the file it stands in", async () => {
    const { body } = await api.get("/api/policy");
    expect(body).toMatchObject({
      load: 1,
      source: "corsmith.config.yaml",
      policy: { allowOrigins: ["https://app.example.com", "https://*.example.org"], allowCredentials: true },
      routes: [{ path: "/public", policy: { allowOrigins: ["*"] } }],
    });
    expect(await source()).toMatchObject({ file: file(), format: "yaml", editable: true, text: yaml, findings: [] });
  });

  test("a candidate's mistakes come with their places", async () => {
    const text = "policy:\n  allowOrigins:\n    - https://app.example.com/\n  allowCredentals: true\n";
    const { body } = await api.post("/api/policy/check", { text });
    expect(body).toMatchObject({
      ok: false,
      findings: [
        { code: "key-unknown", path: "policy.allowCredentals", fix: "allowCredentials", line: 4, column: 3 },
        { code: "origin-trailing-slash", path: "policy.allowOrigins[0]", fix: "https://app.example.com", line: 3 },
      ],
    });
  });

  test.each([
    [
      "a bomb of aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`).join("\n")}\npolicy: *i\n`,
    ],
    ["brackets in brackets in brackets", "[".repeat(50_000)],
    ["what is no YAML", "policy: {"],
    ["nothing", ""],
    ["a list", "- a\n"],
  ])("a candidate that is %s is refused, and the program goes on", async (_, text) => {
    const { status, body } = await api.post("/api/policy/check", { text });
    expect({ status, body }).toMatchObject({ status: 200, body: { ok: false } });
    expect((await api.get("/healthz")).status).toBe(200);
  });

  test("a candidate without a policy, for all paths but one", async () => {
    const text = "policy: false\nroutes:\n  - path: /x\n    policy: { allowOrigins: [https://a.example] }\n";
    const { body } = await api.post("/api/policy/check", { text });
    expect(body).toMatchObject({ ok: true, findings: [], policy: false, routes: [{ path: "/x" }] });
    const matrix = await api.post("/api/policy/matrix", { candidate: { text }, methods: ["GET", "PUT"] });
    expect(matrix.body).toMatchObject({
      route: "/",
      rows: [
        {
          effects: [
            { reason: "no-policy", reaches: true },
            { reason: "no-policy", reaches: true },
          ],
        },
      ],
    });
  });

  test("the effect, as a matrix of origins and methods", async () => {
    const { body } = await api.post("/api/policy/matrix", { headers: ["content-type"], methods: ["GET", "PUT"] });
    const { rows } = body as Answers["policyMatrix"];
    expect(rows.map(({ origin, pattern = "", named }) => [origin, pattern, named])).toEqual([
      ["https://app.example.com", "", true],
      ["https://any.example.org", "https://*.example.org", true],
      ["https://stranger.example", "", false],
    ]);
    expect(rows[0]?.effects.every(({ reason }) => reason === "headers-refused")).toBe(true);
    const open = (
      await api.post("/api/policy/matrix", {
        path: "/public/x",
        origins: ["https://a.example"],
        methods: ["GET", "PUT"],
      })
    ).body;
    expect(open).toMatchObject({
      route: "/public",
      rows: [
        {
          effects: [
            { method: "GET", allowed: true, preflight: false, credentials: false },
            { method: "PUT", allowed: false, preflight: true, reason: "method-refused" },
          ],
        },
      ],
    });
  });

  test("what a candidate would change: keys, access gained and lost, lines", async () => {
    const text = yaml.replace("https://*.example.org", "https://new.example.com").replace("[PUT,   DELETE]", "[PUT]");
    const { changes, gained, lost, lines, ok, same } = (await api.post("/api/policy/diff", { text }))
      .body as Answers["diffPolicy"];
    expect({ ok, same }).toEqual({ ok: true, same: false });
    expect(changes).toEqual([
      {
        route: "/",
        kind: "changed",
        key: "allowOrigins",
        added: ["https://new.example.com"],
        removed: ["https://*.example.org"],
      },
      { route: "/", kind: "changed", key: "allowMethods", added: [], removed: ["DELETE"] },
    ]);
    expect(gained.map(({ origin, method }) => `${method} ${origin}`)).toContain("PUT https://new.example.com");
    expect(lost.map(({ origin, method }) => `${method} ${origin}`)).toEqual(
      expect.arrayContaining(["GET https://any.example.org", "DELETE https://app.example.com"]),
    );
    expect(lines.filter(({ kind }) => kind !== "same")).toHaveLength(4);
  });

  test("a proposal changes one line of the text, and nothing else", async () => {
    const { body } = await api.post("/api/policy/propose", {
      change: "allow-origin",
      origin: "https://new.example.com",
    });
    const { text, diff, base } = body as Answers["proposePolicy"];
    expect(text).toBe(
      yaml.replace("https://*.example.org\n", "https://*.example.org\n    - https://new.example.com\n"),
    );
    expect(diff).toMatchObject({ ok: true, lost: [] });
    expect(base).toBe((await source()).base);
    expect(readFileSync(file(), "utf8"), "nothing is changed by asking").toBe(yaml);
  });

  test("a proposal that cannot do what it should says so", async () => {
    const refuse = (origin: string) => api.post("/api/policy/propose", { change: "refuse-origin", origin });
    expect((await refuse("https://shop.example.org")).body).toMatchObject({
      note: expect.stringContaining("https://*.example.org"),
    });
    expect((await refuse("https://nobody.example")).body).toMatchObject({ diff: { same: true } });
    const nowhere = await api.post("/api/policy/propose", {
      change: "allow-origin",
      origin: "https://a.example",
      route: "/nowhere",
    });
    expect(nowhere.body).toMatchObject({ code: "parameter-invalid", field: "body.route", fix: "One of: /public." });
  });
});

describe("applying", () => {
  const apply = async (text: string, base: string, more: object = {}) =>
    await api.post("/api/policy/apply", { text, base, confirm: true, ...more });

  test("writes the file, puts it in force, keeps a version; rolling back writes the old text", async () => {
    const { base } = await source();
    const text = yaml.replace("https://app.example.com", "https://shop.example.com");
    const applied = await apply(text, base, { who: "ada", comment: "the shop has moved" });
    expect(applied.body).toMatchObject({
      version: { id: 2, trigger: "apply", who: "ada", comment: "the shop has moved", inForce: true },
    });
    expect(readFileSync(file(), "utf8")).toBe(text);
    const answer = await fetch(gateway, { headers: { origin: "https://shop.example.com" } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example.com");

    const back = await api.post("/api/policy/versions/1/roll-back", { base: (await source()).base, confirm: true });
    expect(back.body).toMatchObject({ version: { id: 3, trigger: "roll-back", inForce: true } });
    expect(readFileSync(file(), "utf8")).toBe(yaml);
    const { versions } = (await api.get("/api/policy/versions")).body as Answers["listPolicyVersions"];
    expect(versions.map(({ id, trigger, inForce }) => [id, trigger, inForce])).toEqual([
      [3, "roll-back", true],
      [2, "apply", false],
      [1, "start", false],
    ]);
    const page = (await api.get("/api/policy/versions?limit=1")).body as Answers["listPolicyVersions"];
    const rest = (await api.get(`/api/policy/versions?limit=5&cursor=${page.next}`))
      .body as Answers["listPolicyVersions"];
    expect([...page.versions, ...rest.versions]).toEqual(versions);
    expect((await api.get("/api/policy/versions/2")).body).toMatchObject({ text, diff: { ok: true, same: false } });
  });

  test("of two at once one wins, and nobody's edit is lost", async () => {
    const { base } = await source();
    const texts = ["https://one.example", "https://two.example", "https://three.example"].map((origin) =>
      yaml.replace("https://app.example.com", origin),
    );
    const answers = await Promise.all(texts.map((text) => apply(text, base)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(readFileSync(file(), "utf8")).toBe(texts[winner]);
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.body).toMatchObject({ code: "policy-changed", field: "body.base" });
    expect((await apply(yaml, (await source()).base)).status).toBe(200);
  });

  test("an edit of the file in between is not overwritten", async () => {
    const { base } = await source();
    const edited = yaml.replace("# the app", "# the old app");
    writeFileSync(file(), edited);
    expect((await apply(yaml, base)).body).toMatchObject({
      status: 409,
      code: "policy-changed",
      current: (await source()).base,
    });
    expect(readFileSync(file(), "utf8")).toBe(edited);
    expect((await apply(yaml, (await source()).base)).status).toBe(200);
  });

  test.each([
    ["a mistake", yaml.replace("https://app.example.com", "https://app.example.com/"), "origin-trailing-slash"],
    [
      "any origin with credentials",
      yaml.replace(/allowOrigins:\n.*\n.*\n/, 'allowOrigins: "*"\n'),
      "origin-any-with-credentials",
    ],
    ["another upstream", `upstream: http://127.0.0.1:1\n${yaml}`, "setting-changed"],
    ["another admin address", `admin: 127.0.0.1:1\n${yaml}`, "setting-changed"],
    ["no policy", "routes: []\n", "policy-missing"],
    ["nothing", " ", "config-empty"],
  ])("a text with %s is refused with all findings, and nothing changes", async (_, text, code) => {
    const before = { text: readFileSync(file(), "utf8"), inode: statSync(file()).ino };
    const { load } = (await api.get("/api/policy")).body as Answers["getPolicy"];
    const flagged = await apply(text, (await source()).base);
    expect(flagged.body).toMatchObject({ status: 422, code: "policy-refused" });
    expect((flagged.body as { findings: { code: string }[] }).findings.map((each) => each.code)).toContain(code);
    expect({ text: readFileSync(file(), "utf8"), inode: statSync(file()).ino }).toEqual(before);
    expect((await api.get("/api/policy")).body).toMatchObject({ load });
  });

  test("an edit by hand is a version too, and a broken one is shown as refused", async () => {
    writeFileSync(file(), yaml.replace("# the app", "# by hand"));
    const newest = async () =>
      ((await api.get("/api/policy/versions?limit=1")).body as Answers["listPolicyVersions"]).versions;
    await expect.poll(newest).toMatchObject([{ trigger: "edit", who: "the file", inForce: true }]);
    writeFileSync(file(), "policy: {");
    await corsmith.event("policy-refused");
    const { policy } = (await api.get("/api/status")).body as Answers["getStatus"];
    expect(policy.lastRefused).toMatchObject({ findings: 1 });
    expect((await source()).findings).toMatchObject([{ code: "config-syntax" }]);
    writeFileSync(file(), yaml);
    await corsmith.event("policy-in-force", (line) => Number(line["load"]) > (policy.lastRefused?.load ?? 0));
  });
});

describe("decisions", () => {
  const sent = { version: 1, sender: "a", sequence: 1, service: "/", lost: 0, events: [] };
  test.each([
    ["text", "hello"],
    ["null", null],
    ["of another version", { ...sent, version: 2 }],
    ["without a sender", { ...sent, sender: "" }],
    ["of a service with too long a name", { ...sent, service: "a".repeat(300) }],
    ["without a valid number", { ...sent, sequence: -1 }],
    ["without a list", { ...sent, events: {} }],
    ["too long a list", { ...sent, events: Array.from({ length: 1_001 }, () => null) }],
  ])("that are sent and are %s are refused with a sentence", async (_, body) => {
    expect(await api.post("/api/decisions", body)).toMatchObject({
      status: 400,
      body: { code: "body-invalid", detail: expect.stringMatching(/\.$/) },
    });
  });

  test("of the gateway and of middlewares, as overview, series, routes, origins and samples", async () => {
    await fetch(gateway, { headers: { origin: "https://evil.example", cookie: "a=b" } });
    await fetch(gateway, { headers: { origin: "https://shop.example.org", cookie: "a=b" } });
    const url = `${admin}/api/decisions`;
    const sender = sendDecisions({ url, service: "orders", onError: (error) => expect.unreachable(error.message) });
    const policy = definePolicy({ allowOrigins: ["https://mw.example"] });
    const page = {
      origin: "https://mw.example",
      "access-control-request-method": "GET",
      "access-control-request-headers": "x-a",
    };
    const handler = cors(policy, { onDecision: sender.onDecision })(() => new Response("ok"));
    for (const _ of [1, 2])
      await handler(new Request("https://api.example/orders", { method: "OPTIONS", headers: page }));
    await sender.close();
    await expect
      .poll(async () => ((await api.get("/api/origins?search=mw.example")).body as Answers["listOrigins"]).total)
      .toBe(1);

    const overview = (await api.get("/api/decisions/overview")).body as Answers["getOverview"];
    expect(overview).toMatchObject({
      byReason: { "headers-refused": 2 },
      newCredentialedOrigins: 1,
      counts: { headerless: 0 },
    });
    const series = (await api.get("/api/decisions/series?by=reason")).body as Answers["getSeries"];
    expect(
      series.lines.find(({ name }) => name === "headers-refused")?.values.reduce((sum, value) => sum + value, 0),
    ).toBe(2);
    const { routes } = (await api.get("/api/decisions/routes")).body as Answers["listRoutes"];
    expect(routes.map(({ route }) => route)).toEqual(expect.arrayContaining(["/", "orders"]));
    const { samples } = (await api.get("/api/decisions/samples?blocked=true&origin=https%3A%2F%2Fmw.example"))
      .body as Answers["listSamples"];
    expect(samples[0]).toMatchObject({ route: "orders", refused: ["x-a"] });
    expect((await api.get(`/api/decisions/samples/${samples[0]?.id}`)).body).toEqual(samples[0]);
    const one = (await api.get("/api/origins/https%3A%2F%2Fshop.example.org")).body as Answers["getOrigin"];
    expect(one.summary).toMatchObject({ allowedNow: true, allowed: 1, counts: { credentialed: 1 } });
    expect((await api.get("/api/origins/https%3A%2F%2Fevil.example")).body).toMatchObject({
      summary: { allowedNow: false },
    });
    expect(JSON.stringify(samples)).not.toContain("a=b");
  });

  test("a live check goes to this gateway, and sends nothing that changes anything", async () => {
    const { body } = await api.post("/api/check", {
      url: `${gateway}/x`,
      origin: "https://app.example.com",
      method: "DELETE",
      // WebKit lets no secure page call a server without TLS, on this machine neither.
      engine: "chromium",
    });
    expect(body).toMatchObject({
      verdict: "allowed",
      sentByMethod: expect.not.objectContaining({ DELETE: expect.anything() }),
    });
  });
});

describe("live events", () => {
  test("carry what happens, and go on behind the last one that was seen", async () => {
    const first = await listen(
      undefined,
      (text) => text.includes("event: moment"),
      () => fetch(gateway, { headers: { origin: "https://live.example" } }),
    );
    expect(first).toMatch(/^retry: 2000\n\n/);
    const moments = [...first.matchAll(/event: moment\ndata: (.*)\n/g)].map(([, data = ""]) => JSON.parse(data));
    expect(moments.flatMap(({ samples }) => samples)).toContainEqual(
      expect.objectContaining({ origin: "https://live.example" }),
    );
    const id = [...first.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
    await fetch(gateway, { headers: { origin: "https://later.example" } });
    await expect
      .poll(async () => await listen(id, (text) => text.includes("https://later.example") || text.length > 20))
      .toContain("later.example");
    expect(await listen("another-1", (text) => text.includes("event:"))).toContain("event: missed");
  });

  test("are at most 32 at once, and none is left when they are gone", async () => {
    const controllers = Array.from({ length: 32 }, () => new AbortController());
    const open = await Promise.all(controllers.map(({ signal }) => fetch(`${admin}/api/events`, { signal })));
    expect(
      open.every(
        ({ status, headers }) => status === 200 && headers.get("content-type")?.startsWith("text/event-stream"),
      ),
    ).toBe(true);
    expect((await api.get("/api/events")).body).toMatchObject({ status: 429, code: "too-many" });
    for (const controller of controllers) controller.abort();
    await expect.poll(async () => /corsmith_live_streams (\d+)/.exec(await api.text("/metrics"))?.[1]).toBe("0");
  });

  /** Reads the stream until it has what is waited for. */
  async function listen(
    lastEventId: string | undefined,
    isIt: (text: string) => boolean,
    once: () => Promise<unknown> = async () => {},
  ): Promise<string> {
    const controller = new AbortController();
    const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    const response = await fetch(`${admin}/api/events`, { headers, signal: controller.signal });
    await once();
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (isIt(text)) break;
    }
    controller.abort();
    return text;
  }
});
