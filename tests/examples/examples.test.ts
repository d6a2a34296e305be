import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExamplePromise, promises, stranger } from "./promises.ts";
import { type ServedExample, serveExample } from "./serve-example.ts";
import { serversOfTheirOwn } from "./servers-of-their-own.ts";
import { startUpstream, type Upstream } from "./start-upstream.ts";

test("every folder of the examples is in this table, or has a server of its own", () => {
  const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // The others hold a server with the library inside, and are asked beside the adapters.
  const served = folders.filter(({ name }) => !serversOfTheirOwn.has(name));
  expect(new Set(served.map(({ name }) => name))).toEqual(new Set(promises.map(({ folder }) => folder)));
});

describe.for(promises)("$folder $flags", (promise) => {
  const { folder, flags = [], credentials, allowOrigin } = promise;
  let upstream: Upstream;
  let served: ServedExample;

  beforeAll(async () => {
    upstream = await startUpstream();
    served = await serveExample(folder, upstream.url, flags);
  });
  afterAll(async () => {
    await served?.program.stop();
    await upstream.close();
  });

  async function ask(method: string, origin: string, more: Readonly<Record<string, string>> = {}): Promise<Response> {
    return await fetch(new URL("/orders", served.url), { method, headers: { Origin: origin, ...more } });
  }
  async function preflight(origin: string, { method, headers }: ExamplePromise["preflight"]): Promise<Response> {
    const names = headers.length === 0 ? {} : { "Access-Control-Request-Headers": headers.join(",") };
    return await ask("OPTIONS", origin, { "Access-Control-Request-Method": method, ...names });
  }

  test.for(promise.allowed)("%s may read the answer", async (origin) => {
    const { status, headers } = await ask("GET", origin);
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe(allowOrigin ?? origin);
    expect(headers.get("access-control-allow-credentials")).toBe(credentials ? "true" : null);
    expect(headers.get("vary")).toBe(allowOrigin === "*" ? null : "Origin");
  });

  test("a preflight of what the front end needs passes, and never reaches the API", async () => {
    const before = upstream.requests.length;
    const [origin = ""] = promise.allowed;
    const { status, headers } = await preflight(origin, promise.preflight);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(allowOrigin ?? origin);
    expect(members(headers, "access-control-allow-methods")).toContain(promise.preflight.method);
    const names = members(headers, "access-control-allow-headers");
    for (const name of promise.preflight.headers)
      expect(
        [name, "*"].some((one) => names.includes(one)),
        name,
      ).toBe(true);
    expect(upstream.requests.length).toBe(before);
  });

  const wanted = promise.refusedPreflight;
  if (wanted !== undefined)
    test("a preflight of anything else does not name it", async () => {
      const { headers } = await preflight(promise.allowed[0] ?? "", wanted);
      const names = members(headers, "access-control-allow-headers");
      const methods = members(headers, "access-control-allow-methods");
      expect(wanted.headers.length > 0 ? names : methods).not.toContain(wanted.headers[0] ?? wanted.method);
      expect([...names, ...methods]).not.toContain("*");
    });

  test.for(promise.refused)("%s may not, whatever the API behind says", async (origin) => {
    expect(corsHeaders(await ask("GET", origin))).toEqual([]);
    const refused = await preflight(origin, promise.preflight);
    expect(refused.status).toBe(403);
    expect(corsHeaders(refused)).toEqual([]);
  });

  if (promise.protects === true)
    test("an unsafe request of a foreign page's page ends before the API", async () => {
      const before = upstream.requests.length;
      expect((await ask("POST", stranger)).status).toBe(403);
      expect(upstream.requests.length).toBe(before);
    });
});

describe("several-domains: routes", () => {
  let upstream: Upstream;
  let served: ServedExample;

  beforeAll(async () => {
    upstream = await startUpstream();
    served = await serveExample("several-domains", upstream.url, []);
  });
  afterAll(async () => {
    await served?.program.stop();
    await upstream.close();
  });

  test.for([
    ["/admin/1", "https://office.example.com", "https://office.example.com"],
    ["/admin/1", "https://app.example.com", null],
    ["/public/1", stranger, "*"],
    ["/publicity", stranger, null],
  ] as const)("%s answers %s with %s", async ([path, origin, allowOrigin]) => {
    const { headers } = await fetch(new URL(path, served.url), { headers: { Origin: origin } });
    expect(headers.get("access-control-allow-origin")).toBe(allowOrigin);
  });
});

function members(headers: Headers, name: string): readonly string[] {
  return (headers.get(name) ?? "").split(",").map((member) => member.trim());
}

function corsHeaders(response: Response): readonly string[] {
  return [...response.headers.keys()].filter((name) => name.startsWith("access-control-"));
}
