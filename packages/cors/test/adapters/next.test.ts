import { describe, expect, it, vi } from "vitest";
import { cors } from "../../src/adapters/next.ts";

const app = "https://app.example.com";
const guard = cors({ allowOrigins: [app], allowMethods: ["PUT"] }, { onError: () => {} });
const ask = (): Request => new Request("https://api.example.com/", { headers: { origin: app } });
const failing = (error: unknown) =>
  guard(() => {
    throw error;
  })(ask());
const withDigest = (digest: string) => Object.assign(new Error("next"), { digest });

describe("the Next adapter", () => {
  it.each([
    ["redirect()", "NEXT_REDIRECT;replace;/login?a=1;2;307;", 307, "/login?a=1;2"],
    ["permanentRedirect()", "NEXT_REDIRECT;replace;https://b.example/;308;", 308, "https://b.example/"],
    ["notFound()", "NEXT_HTTP_ERROR_FALLBACK;404", 404, null],
    ["forbidden()", "NEXT_HTTP_ERROR_FALLBACK;403", 403, null],
  ])("S77: %s becomes a response with the headers of the policy", async (_, digest, status, location) => {
    const response = await failing(withDigest(digest));
    expect([response.status, response.headers.get("location")]).toEqual([status, location]);
    expect(response.headers.get("access-control-allow-origin")).toBe(app);
  });

  it("lets an error through by which Next learns how to render", async () => {
    const signal = withDigest("DYNAMIC_SERVER_USAGE");
    await expect(failing(signal)).rejects.toBe(signal);
  });

  it("S77: any other error becomes a 500 with the headers of the policy", async () => {
    const response = await failing(new Error("broken"));
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([500, app]);
  });

  it("S5: OPTIONS answers preflights, and an ordinary OPTIONS with 204", async () => {
    const headers = { origin: app, "access-control-request-method": "PUT" };
    const preflight = await guard.OPTIONS(new Request("https://api.example.com/", { method: "OPTIONS", headers }));
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, "PUT"]);
    const ordinary = await guard.OPTIONS(new Request("https://api.example.com/", { method: "OPTIONS" }));
    expect([ordinary.status, ordinary.headers.get("access-control-allow-methods")]).toEqual([204, null]);
  });

  it("passes on the context of a route", async () => {
    const handler = vi.fn(async (_request: Request, { params }: { params: Promise<{ id: string }> }) =>
      Response.json(await params),
    );
    const response = await guard(handler)(ask(), { params: Promise.resolve({ id: "7" }) });
    expect(await response.json()).toEqual({ id: "7" });
  });
});
