import { describe, expect, vi } from "vitest";
import { byFetch, byHttp } from "./support/ask.ts";
import { describeHost, type Question, type RunningHost } from "./support/describe-host.ts";
import { importServer } from "./support/import-server.ts";
import { requireHosts } from "./support/require-hosts.ts";
import { startServer } from "./support/start-server.ts";

const installed = await requireHosts();

vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");

const app = ["Origin", "https://app.example.com"] as const;
const json = ["Content-Type", "application/json"] as const;

/** Starts a server that listens, and says what else there is to know of it. */
function serve(name: string, more: Omit<RunningHost, "ask" | "close"> = {}): () => Promise<RunningHost> {
  return async () => {
    const { port, close } = await startServer(name);
    return { ask: byHttp(port), close, ...more };
  };
}

function graphql(query: string): Question {
  return { method: "POST", path: "/graphql", headers: [json], body: JSON.stringify({ query }) };
}

const orders: Pick<RunningHost, "list" | "add" | "failedStatus"> = {
  list: graphql("{ orders }"),
  add: graphql("mutation { order }"),
  failedStatus: 200,
};

function trpc(base: string): Pick<RunningHost, "list" | "add"> {
  return {
    list: { method: "GET", path: `${base}/orders` },
    add: { method: "POST", path: `${base}/order`, headers: [json], body: "{}" },
  };
}

describe.skipIf(!installed)("a server", () => {
  describeHost("h3 1", serve("h3-1"));
  describeHost("tRPC, standalone", serve("trpc-standalone", trpc("")));
  describeHost("tRPC, Express", serve("trpc-express", trpc("/trpc")));
  describeHost("tRPC, Fetch", async () => ({ ask: byFetch(await importFetch("trpc-fetch")), ...trpc("/trpc") }));
  describeHost("Apollo Server 5", serve("apollo-server", orders));
  describeHost("GraphQL Yoga", serve("graphql-yoga", orders));
  describeHost("better-auth", startAuth);
  describeHost("an MCP server", startMcp);
  describeHost("tus", startTus);
});

async function importFetch(name: string): Promise<(request: Request) => Promise<Response>> {
  const server: object = await importServer(name);
  if (!("fetch" in server) || !isFetch(server.fetch)) throw new Error(`${name} exports no fetch`);
  return server.fetch;
}

function isFetch(value: unknown): value is (request: Request) => Promise<Response> {
  return typeof value === "function";
}

/** Signs a user up, and finds the token in a header that the page may read. */
async function startAuth(): Promise<RunningHost> {
  const { ask, close } = await serve("better-auth")();
  const { database } = (await importServer("better-auth")) as {
    readonly database: { readonly user: readonly object[] };
  };
  const signUp = (email: string) => JSON.stringify({ name: "A", email, password: "a long password" });
  const headers = [json];
  const user: Question = { method: "POST", path: "/api/auth/sign-up/email", headers, body: signUp("a@example.com") };
  const signedUp = await ask({ ...user, headers: [json, app] });
  expect(signedUp.headers.get("set-auth-token")).not.toBeNull();
  expect(signedUp.headers.get("access-control-expose-headers")).toBe("set-auth-token");
  let number = 0;
  return {
    ask: (question) =>
      ask(question.path === user.path ? { ...question, body: signUp(`${++number}@example.com`) } : question),
    ...(close === undefined ? {} : { close }),
    list: { method: "GET", path: "/api/auth/ok" },
    listed: '{"ok":true}',
    add: user,
    count: () => database.user.length,
    fail: { method: "POST", path: "/api/auth/sign-in/email", headers, body: signUp("nobody@example.com") },
    failedStatus: 401,
  };
}

/** Opens a session, whose number the page must be able to read. */
async function startMcp(): Promise<RunningHost> {
  const { ask, close } = await serve("mcp-server")();
  const headers = [json, ["Accept", "application/json, text/event-stream"]] as const;
  const call = (method: string, params: object): Question => ({
    method: "POST",
    path: "/mcp",
    headers,
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const client = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "page", version: "1.0.0" } };
  const opened = await ask({ ...call("initialize", client), headers: [...headers, app] });
  const session = opened.headers.get("mcp-session-id");
  if (session === null) throw new Error(`no session: ${opened.body}`);
  expect(exposed(opened.headers)).toContain("mcp-session-id");
  const inSession = (name: string): Question => ({
    ...call("tools/call", { name, arguments: {} }),
    headers: [...headers, ["Mcp-Session-Id", session]],
  });
  return {
    ask,
    ...(close === undefined ? {} : { close }),
    list: inSession("list"),
    add: inSession("add"),
    failedStatus: 200,
    allowMethods: "DELETE",
  };
}

/** Uploads a file; the page must be able to read where it is, and how much of it. */
async function startTus(): Promise<RunningHost> {
  const { ask, close } = await serve("tus-server")();
  const tus = ["Tus-Resumable", "1.0.0"] as const;
  const add: Question = { method: "POST", path: "/files", headers: [tus, ["Upload-Length", "5"]] };
  const made = await ask({ ...add, headers: [...(add.headers ?? []), app] });
  expect(exposed(made.headers)).toEqual(expect.arrayContaining(["location", "upload-offset"]));
  const { pathname: path } = new URL(made.headers.get("location") ?? "", "http://127.0.0.1");
  const sent = await ask({
    method: "PATCH",
    path,
    headers: [tus, app, ["Upload-Offset", "0"], ["Content-Type", "application/offset+octet-stream"]],
    body: "bread",
  });
  expect([sent.status, sent.headers.get("upload-offset"), sent.headers.get("access-control-allow-origin")]).toEqual([
    204,
    "5",
    app[1],
  ]);
  expect(exposed(sent.headers)).toContain("upload-offset");
  return {
    // By HEAD, which has its answer in a header: a GET, without CORS too, may throw in the server after its answer.
    ask: async (question) => {
      const answer = await ask(question);
      return question.method === "HEAD" ? { ...answer, body: `offset ${answer.headers.get("upload-offset")}` } : answer;
    },
    ...(close === undefined ? {} : { close }),
    list: { method: "HEAD", path, headers: [tus] },
    listed: "offset 5",
    add,
    fail: add,
    allowMethods: "DELETE, PATCH",
  };
}

function exposed(headers: Headers): readonly string[] {
  return (headers.get("access-control-expose-headers") ?? "").toLowerCase().split(", ");
}
