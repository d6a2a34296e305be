import { Hono } from "hono";
import { describe, expect, it, vi } from "vitest";
import { cors } from "../../src/adapters/hono.ts";

const app = "https://app.example.com";
const policy = { allowOrigins: [app], allowCredentials: true, allowMethods: ["PUT"] } as const;
const fromApp = { headers: { origin: app } };

function hono(options: Parameters<typeof cors>[1] = { onError: () => {}, onConflict: () => {} }): Hono {
  const made = new Hono();
  made.use(cors(policy, options));
  return made;
}

describe("the Hono adapter, in process", () => {
  it.each([
    ["a string", "text"],
    ["an object", { code: 1 }],
    ["nothing", undefined],
  ])("S77: %s that is thrown, and that Hono would let through, becomes a 500 with headers", async (_, thrown) => {
    const onError = vi.fn();
    const application = hono({ onError });
    application.get("/", () => {
      throw thrown;
    });
    const response = await application.request("/", fromApp);
    expect(response.status).toBe(500);
    expect(response.headers.get("access-control-allow-origin")).toBe(app);
    expect(onError).toHaveBeenCalledWith(thrown);
  });

  it("S77: an onError that itself throws becomes a 500 with headers", async () => {
    const application = hono();
    application.onError((error) => {
      throw error;
    });
    application.get("/", () => {
      throw new Error("broken");
    });
    const response = await application.request("/", fromApp);
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([500, app]);
  });

  it("S77: a Response that is thrown is the answer", async () => {
    const application = hono();
    application.get("/", () => {
      throw new Response("go", { status: 410 });
    });
    const response = await application.request("/", fromApp);
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([410, app]);
  });

  it("S79: a response from elsewhere, with immutable headers, is copied", async () => {
    const application = hono();
    const elsewhere = Response.redirect("https://api.example.com/y");
    application.get("/", () => elsewhere);
    const response = await application.request("/", fromApp);
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([302, app]);
    expect(elsewhere.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("S38: what a middleware inside sets is replaced and reported", async () => {
    const onConflict = vi.fn();
    const application = hono({ onConflict });
    application.use(async (c, next) => {
      await next();
      c.header("Access-Control-Allow-Origin", "*");
    });
    application.get("/", (c) => c.text("ok"));
    const response = await application.request("/", { headers: { origin: "https://evil.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(onConflict).toHaveBeenCalledWith("access-control-allow-origin", "*");
  });

  it("S82: of two policies the inner one answers, and it is told", async () => {
    const onStacked = vi.fn();
    const application = hono();
    application.use(cors({ allowOrigins: "*" }, { onStacked }));
    application.get("/", (c) => c.text("ok"));
    const response = await application.request("/", fromApp);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(onStacked).toHaveBeenCalledOnce();
  });

  it("S5: a preflight reaches neither middleware nor handler", async () => {
    const application = hono();
    const reached = vi.fn(async () => new Response("no", { status: 401 }));
    application.use(reached);
    const headers = { origin: app, "access-control-request-method": "PUT" };
    const response = await application.request("/", { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(reached).not.toHaveBeenCalled();
  });
});
