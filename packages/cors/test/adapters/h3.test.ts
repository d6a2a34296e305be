import { H3, HTTPError, HTTPResponse } from "h3";
import { describe, expect, it, vi } from "vitest";
import { cors } from "../../src/adapters/h3.ts";

const app = "https://app.example.com";
const policy = { allowOrigins: [app], allowCredentials: true, allowMethods: ["PUT"] } as const;
const quiet = { onConflict: () => {} };

/** Asked through `fetch`, as on Workers, Deno and Bun: there is no response of Node's. */
async function ask(
  handler: () => unknown,
  origin = app,
  options: Parameters<typeof cors>[1] = quiet,
): Promise<Response> {
  const made = new H3({ silent: true });
  made.use(cors(policy, options));
  made.get("/", handler as () => string);
  return made.request("/", { headers: { origin } });
}

describe("the h3 adapter where there is no Node response", () => {
  it.each<readonly [string, () => unknown, number]>([
    ["a string", () => "ok", 200],
    ["an object", () => ({ ok: true }), 200],
    ["a Response", () => new Response("ok", { status: 404 }), 404],
    ["an immutable Response", () => Response.redirect("https://api.example.com/y"), 302],
    ["an HTTPResponse of h3", () => new HTTPResponse("ok", { status: 201, headers: { "x-a": "1" } }), 201],
    ["nothing", () => null, 200],
    [
      "a thrown error",
      () => {
        throw new Error("broken");
      },
      500,
    ],
    [
      "a thrown HTTPError",
      () => {
        throw new HTTPError({ status: 422 });
      },
      422,
    ],
    ["a rejected promise", () => Promise.reject(new Error("broken")), 500],
  ])("S77: %s carries the headers of the policy", async (_, handler, status) => {
    const response = await ask(handler);
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBe(app);
    expect(response.headers.get("access-control-allow-credentials")).toBe("true");
    expect(response.headers.get("vary")).toBe("Origin");
  });

  it("S77: the router's 404 carries them", async () => {
    const made = new H3({ silent: true });
    made.use(cors(policy));
    const response = await made.request("/missing", { headers: { origin: app } });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([404, app]);
  });

  it.each<readonly [string, () => unknown]>([
    ["a Response", () => new Response("ok", { headers: { vary: "accept", "access-control-allow-origin": "*" } })],
    [
      "an HTTPResponse",
      () => new HTTPResponse("ok", { headers: { vary: "accept", "access-control-allow-origin": "*" } }),
    ],
    [
      "a thrown HTTPError",
      () => {
        throw new HTTPError({ status: 418, headers: { vary: "accept", "access-control-allow-origin": "*" } });
      },
    ],
  ])("S38 and S44: of the headers of %s, Vary is kept and CORS replaced", async (_, handler) => {
    const onConflict = vi.fn();
    const response = await ask(handler, "https://evil.example", { onConflict });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("vary")?.toLowerCase()).toBe("accept, origin");
    expect(onConflict).toHaveBeenCalledWith("access-control-allow-origin", "*");
  });

  it("S5: a preflight is answered at once", async () => {
    const made = new H3();
    const reached = vi.fn(() => "no");
    made.use(cors(policy));
    made.all("/", reached);
    const headers = { origin: app, "access-control-request-method": "PUT" };
    const response = await made.request("/", { method: "OPTIONS", headers });
    expect([response.status, response.headers.get("access-control-allow-methods")]).toEqual([204, "PUT"]);
    expect(reached).not.toHaveBeenCalled();
  });

  it("S82: of two policies the inner one answers, and it is told", async () => {
    const onStacked = vi.fn();
    const made = new H3();
    made.use(cors(policy));
    made.use(cors({ allowOrigins: "*" }, { onStacked }));
    made.get("/", () => new Response("ok"));
    const response = await made.request("/", { headers: { origin: app } });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(onStacked).toHaveBeenCalledOnce();
  });
});
