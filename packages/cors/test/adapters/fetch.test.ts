import { describe, expect, it, vi } from "vitest";
import { cors } from "../../src/adapters/fetch.ts";

const app = "https://app.example.com";
const policy = { allowOrigins: [app], allowCredentials: true, allowMethods: ["PUT"] } as const;
const quiet = { onError: () => {}, onConflict: () => {} };

function ask(
  handler: () => Response | Promise<Response>,
  headers: Record<string, string> = { origin: app },
  method = "GET",
) {
  return cors(policy, quiet)(handler)(new Request("https://api.example.com/x", { headers, method }));
}

describe("the fetch adapter", () => {
  it.each<readonly [string, () => Response | Promise<Response>, number]>([
    ["S77: a success", () => new Response("ok"), 200],
    ["S77: a 404", async () => new Response("no", { status: 404 }), 404],
    [
      "S77: a thrown error",
      () => {
        throw new Error("broken");
      },
      500,
    ],
    ["S77: a rejected promise", () => Promise.reject(new Error("broken")), 500],
    [
      "S77: a thrown Response",
      () => {
        throw new Response("go", { status: 418 });
      },
      418,
    ],
    ["S79: an immutable redirect", () => Response.redirect("https://api.example.com/y"), 302],
    ["S49: a 304", () => new Response(null, { status: 304 }), 304],
  ])("%s carries the headers of the policy", async (_, handler, status) => {
    const response = await ask(handler);
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBe(app);
    expect(response.headers.get("access-control-allow-credentials")).toBe("true");
    expect(response.headers.get("vary")).toBe("Origin");
  });

  it("S79: a response that cannot be copied is left alone", async () => {
    const response = Response.error();
    expect(await ask(() => response)).toBe(response);
  });

  it("S83: a response that the application shares is not changed", async () => {
    const shared = new Response(null, { status: 404 });
    await ask(() => shared);
    expect([...shared.headers]).toEqual([]);
    expect(
      (await ask(() => shared, { origin: "https://evil.example" })).headers.get("access-control-allow-origin"),
    ).toBeNull();
  });

  it("S38: a CORS header of the application is replaced and reported", async () => {
    const onConflict = vi.fn();
    const handle = cors(policy, { onConflict })(
      () => new Response("ok", { headers: { "access-control-allow-origin": "*" } }),
    );
    const response = await handle(
      new Request("https://api.example.com/", { headers: { origin: "https://evil.example" } }),
    );
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(onConflict).toHaveBeenCalledWith("access-control-allow-origin", "*");
  });

  it("S44: Vary is merged, and every cookie stays a line of its own", async () => {
    const headers = new Headers({ vary: "accept" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    const response = await ask(() => new Response("ok", { headers }));
    expect(response.headers.get("vary")).toBe("accept, Origin");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("S5: a preflight is answered before the handler", async () => {
    const handler = vi.fn(() => new Response("no", { status: 401 }));
    const response = await ask(handler, { origin: app, "access-control-request-method": "PUT" }, "OPTIONS");
    expect(response.status).toBe(204);
    expect(response.body).toBeNull();
    expect(response.headers.get("access-control-allow-methods")).toBe("PUT");
    expect(handler).not.toHaveBeenCalled();
  });

  it("S76: a refused origin's preflight is 403", async () => {
    const response = await ask(
      () => new Response(),
      { origin: "https://evil.example", "access-control-request-method": "PUT" },
      "OPTIONS",
    );
    expect(response.status).toBe(403);
    expect([...response.headers.keys()]).toEqual(["content-length", "vary"]);
    expect(response.headers.get("content-length")).toBe("0");
  });

  it("S15: two origins never match", async () => {
    const headers = new Headers([
      ["origin", app],
      ["origin", app],
    ]);
    const response = await cors(policy)(() => new Response())(new Request("https://api.example.com/", { headers }));
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("S8: the API's own page is not refused where protection is on", async () => {
    const handle = cors({ ...policy, crossOriginProtection: true })(() => new Response("ok"));
    const post = (origin: string) =>
      handle(new Request("https://api.example.com/x", { method: "POST", headers: { origin } }));
    expect((await post("https://api.example.com")).status).toBe(200);
    expect((await post("https://evil.example")).status).toBe(403);
  });

  it("passes on what else a handler is given", async () => {
    const handle = cors(policy)((_request: Request, env: { readonly name: string }) => new Response(env.name));
    expect(await (await handle(new Request("https://api.example.com/"), { name: "worker" })).text()).toBe("worker");
  });

  it("streams a body without waiting for its end", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const response = await ask(() => new Response(readable));
    const writer = writable.getWriter();
    const reader = response.body?.getReader();
    void writer.write(new TextEncoder().encode("first"));
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first");
    await reader?.cancel();
  });
});
