import { describe, expect, it, vi } from "vitest";
import { cors } from "../../src/adapters/fetch.ts";

const app = "https://app.example.com";
const outer = { allowOrigins: [app], allowCredentials: true } as const;
const inner = { allowOrigins: "*" } as const;

describe("two fetch adapters, one inside the other", () => {
  it("S82: the inner policy answers, no value stands twice, and it is told", async () => {
    const onStacked = vi.fn();
    const onConflict = vi.fn();
    const handle = cors(outer, { onConflict })(cors(inner, { onStacked, onConflict })(() => new Response("ok")));
    const response = await handle(new Request("https://api.example.com/", { headers: { origin: app } }));
    expect([...response.headers.keys()]).toEqual(["access-control-allow-origin", "content-type"]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(onStacked).toHaveBeenCalledOnce();
    expect(onConflict).not.toHaveBeenCalled();
  });

  it("S84: a request object that is used again is not taken for a stacked one", async () => {
    const onStacked = vi.fn();
    const handle = cors(outer, { onStacked, onError: () => {} })(() => {
      throw new Error("broken");
    });
    const request = new Request("https://api.example.com/", { headers: { origin: app } });
    await handle(request);
    const again = await handle(request);
    expect(again.headers.get("access-control-allow-origin")).toBe(app);
    expect(onStacked).not.toHaveBeenCalled();
  });

  it("warns once if nobody else is to hear of it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const handle = cors(outer)(cors(inner)(() => new Response("ok")));
    for (let index = 0; index < 3; index += 1) await handle(new Request("https://api.example.com/"));
    expect(warn).toHaveBeenCalledOnce();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("two CORS policies"));
    warn.mockRestore();
  });
});
