import Fastify from "fastify";
import { describe, expect, it, vi } from "vitest";
import { cors } from "../../src/adapters/fastify.ts";

const app = "https://app.example.com";
const policy = { allowOrigins: [app], allowMethods: ["PUT"] } as const;
const preflight = {
  method: "OPTIONS",
  headers: { origin: app, "access-control-request-method": "PUT" },
} as const;

describe("the Fastify adapter, in process", () => {
  it("refuses a prefix that would have no effect, and says what to do", async () => {
    const application = Fastify();
    application.register(cors(policy), { prefix: "/api" });
    await expect(application.ready()).rejects.toThrow(/prefix "\/api" has no effect.*inside the scope/);
  });

  it("is not encapsulated: routes beside it are covered", async () => {
    const application = Fastify();
    application.register(cors(policy));
    application.get("/", async () => "ok");
    const response = await application.inject({ url: "/", headers: { origin: app } });
    expect(response.headers["access-control-allow-origin"]).toBe(app);
  });

  it("S5: hooks that are added after it do not see a preflight, whatever they refuse", async () => {
    const application = Fastify();
    application.register(cors(policy));
    const hook = vi.fn(async (_request: unknown, reply: { code(status: number): { send(): unknown } }) => {
      await reply.code(401).send();
    });
    application.addHook("onRequest", hook);
    expect((await application.inject({ ...preflight, url: "/x" })).statusCode).toBe(204);
    expect(hook).not.toHaveBeenCalled();
  });

  it("lets the hooks that look at answers see a preflight's", async () => {
    const application = Fastify();
    const seen: number[] = [];
    application.addHook("onResponse", async (_request, reply) => {
      seen.push(reply.statusCode);
    });
    application.register(cors(policy));
    await application.inject({ ...preflight, url: "/" });
    expect(seen).toEqual([204]);
  });

  it("S81: below the parameter of a prefix, every path is covered", async () => {
    const application = Fastify();
    application.register(async (scope) => void scope.register(cors(policy)), { prefix: "/:tenant" });
    for (const url of ["/one", "/one/", "/two/things"]) {
      expect((await application.inject({ ...preflight, url })).statusCode).toBe(204);
    }
  });

  it("an OPTIONS below a prefix that is no preflight and no route stays a 404", async () => {
    const application = Fastify();
    application.register(async (scope) => void scope.register(cors(policy)), { prefix: "/api" });
    expect((await application.inject({ method: "OPTIONS", url: "/api/x" })).statusCode).toBe(404);
  });
});
