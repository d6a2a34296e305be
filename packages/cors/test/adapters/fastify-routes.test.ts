import Fastify, {
  type FastifyInstance,
  type FastifyServerOptions,
  type HTTPMethods,
  type InjectOptions,
} from "fastify";
import { describe, expect, test, vi } from "vitest";
import { type AdapterOptions, cors, enforce } from "../../src/adapters/fastify.ts";
import { definePolicy, type PolicyInput } from "../../src/index.ts";

const app = "https://app.example.com";
const page = "https://page.example.com";
const policy = { allowOrigins: [app], allowMethods: ["PUT", "DELETE"] } satisfies PolicyInput;
const other = { allowOrigins: [page], allowMethods: ["PUT", "DELETE"] } satisfies PolicyInput;
const own = (cors: unknown): { config: object } => ({ config: { cors } });
const ok = async (): Promise<string> => "ok";

type Declare = (scope: FastifyInstance) => unknown;

function preflight(url: string, origin: string, method = "PUT", headers = {}): InjectOptions {
  return { method: "OPTIONS", url, headers: { origin, "access-control-request-method": method, ...headers } };
}

/** An application, and what it answers to preflights: who is allowed, or the status. */
async function asked(application: FastifyInstance, options: InjectOptions): Promise<string> {
  const { statusCode, headers } = await application.inject(options);
  const origin = headers["access-control-allow-origin"];
  return origin === undefined ? String(statusCode) : `${statusCode} ${origin}`;
}

async function start(declare: Declare, options: FastifyServerOptions = {}): Promise<FastifyInstance> {
  const application = Fastify(options);
  application.register(async (top) => void (await declare(top)));
  await application.ready();
  return application;
}

/** An application whose top is under a policy. */
async function atTop(declare: Declare, options: AdapterOptions = {}): Promise<FastifyInstance> {
  const application = Fastify();
  await application.register(cors(policy, options));
  await declare(application);
  await application.ready();
  return application;
}

describe("a scope that has a prefix and OPTIONS routes of its own", () => {
  test.each<readonly [string, Declare]>([
    ["all of /", (scope) => scope.all("/", ok)],
    ["all below", (scope) => scope.all("/*", ok)],
    ["all of everything", (scope) => scope.all("*", ok)],
    ["an OPTIONS of /", (scope) => scope.options("/", ok)],
    ["an OPTIONS of everything below", (scope) => scope.options("/*", ok)],
    ["all of / and below", (scope) => scope.all("/", ok).all("/*", ok)],
  ])("starts with %s, and answers preflights by its policy", async (_, declare) => {
    for (const register of [false, true]) {
      const application = Fastify();
      application.register(
        async (scope) => {
          if (register) await scope.register(cors(policy));
          else scope.register(cors(policy));
          declare(scope);
        },
        { prefix: "/a" },
      );
      expect(await asked(application, preflight("/a", app))).toBe(`204 ${app}`);
      expect(await asked(application, preflight("/a/", app))).toBe(`204 ${app}`);
      expect(await asked(application, preflight("/a/x/y", app))).toBe(`204 ${app}`);
      expect(await asked(application, preflight("/a/x/y", page))).toBe("403");
      expect(await asked(application, preflight("/b", app))).toBe("404");
    }
  });

  test("gives the application its OPTIONS that are no preflights", async () => {
    const application = Fastify();
    application.register(
      async (scope) => {
        scope.register(cors(policy));
        scope.options("/mine", async () => "mine");
      },
      { prefix: "/a" },
    );
    const response = await application.inject({ method: "OPTIONS", url: "/a/mine", headers: { origin: app } });
    expect(response.body).toBe("mine");
    expect(response.headers["access-control-allow-origin"]).toBe(app);
  });
});

describe("a scope without a prefix", () => {
  test.each<readonly [string, string, string, string]>([
    ["a route of the scope", "/in", "PUT", `204 ${app}`],
    ["a parameter", "/in/7", "DELETE", `204 ${app}`],
    ["a scope inside", "/deep/er", "PUT", `204 ${app}`],
    ["a HEAD that Fastify adds", "/read", "HEAD", `204 ${app}`],
    ["a method that the route has not", "/in", "DELETE", "404"],
    ["a route beside the scope", "/out", "PUT", "404"],
  ])("answers the preflight for %s", async (_, url, method, expected) => {
    const application = await start(async (scope) => {
      scope.put("/out", ok);
      await scope.register(async (inner) => {
        await inner.register(cors(policy));
        inner.put("/in", ok);
        inner.delete("/in/:id", ok);
        inner.get("/read", ok);
        inner.register(async (deep) => void deep.put("/er", ok), { prefix: "/deep" });
      });
    });
    expect(await asked(application, preflight(url, app, method))).toBe(expected);
  });

  test("does not start if its routes came before the plugin, and says what to write", async () => {
    const late = start((scope) => {
      scope.register(cors(policy));
      scope.put("/in", ok);
    });
    await expect(late).rejects.toThrow(
      /scope without a prefix was declared before the CORS plugin was loaded.*`await scope\.register\(cors\(policy\)\);`/,
    );
  });

  test("starts if what comes before it is declared by plugins inside", async () => {
    const application = await start((scope) => {
      scope.register(cors(policy));
      scope.register(async (inner) => void inner.put("/in", ok));
    });
    expect(await asked(application, preflight("/in", app))).toBe(`204 ${app}`);
  });

  test("tells once of a single route that came before the plugin", async () => {
    const onError = vi.fn();
    const application = await start(async (scope) => {
      scope.put("/early", ok);
      await scope.register(cors(policy, { onError }));
      scope.put("/in", ok);
    });
    for (let times = 0; times < 2; times += 1) {
      expect(await asked(application, { method: "PUT", url: "/early", headers: { origin: app } })).toBe(`200 ${app}`);
    }
    expect(await asked(application, preflight("/early", app))).toBe("404");
    expect(onError).toHaveBeenCalledOnce();
    expect(String(onError.mock.calls[0]?.[0])).toMatch(/PUT \/early was declared .*preflights.*`await scope\.register/);
  });
});

describe("config.cors of a route", () => {
  const declare: Declare = (top) => {
    top.put("/things", ok);
    top.put("/things/:id", own(other), ok);
    top.get("/things/me", ok);
    top.delete("/things/:id", own(false), ok);
    top.all("/all", own(definePolicy(other)), ok);
    top.route({ method: ["GET", "PUT"], url: "/list", ...own(other), handler: ok });
  };

  test.each<readonly [string, string, method: HTTPMethods, origin: string, request: string, preflight: string]>([
    ["no config: the plugin's policy", "/things", "PUT", app, `200 ${app}`, `204 ${app}`],
    ["no config: nobody of the other policy", "/things", "PUT", page, "200", "403"],
    ["its own policy", "/things/7", "PUT", page, `200 ${page}`, `204 ${page}`],
    ["its own policy: nobody of the plugin's", "/things/7", "PUT", app, "200", "403"],
    ["the path of another route, the method of this", "/things/me", "PUT", page, `200 ${page}`, `204 ${page}`],
    ["the other method of that path", "/things/me", "HEAD", app, `200 ${app}`, `204 ${app}`],
    ["no CORS", "/things/7", "DELETE", app, "200", "404"],
    ["no CORS, from anywhere", "/things/7", "DELETE", page, "200", "404"],
    ["a policy that was made before", "/all", "PUT", page, `200 ${page}`, `204 ${page}`],
    ["a list of methods", "/list", "PUT", page, `200 ${page}`, `204 ${page}`],
    ["a HEAD that Fastify adds", "/list", "HEAD", page, `200 ${page}`, `204 ${page}`],
    ["a method that it has not: the plugin's policy", "/list", "DELETE", app, `404 ${app}`, `204 ${app}`],
  ])("%s", async (_, url, method, origin, request, answer) => {
    const application = await atTop(declare);
    expect(await asked(application, { method, url, headers: { origin } })).toBe(request);
    expect(await asked(application, preflight(url, origin, method))).toBe(answer);
  });

  test("wins over the routes of the plugin", async () => {
    const application = Fastify();
    await application.register(cors({ policy, routes: [{ path: "/things", policy: { allowOrigins: "*" } }] }));
    application.put("/things/own", own(other), ok);
    application.put("/things/rest", ok);
    expect(await asked(application, preflight("/things/own", page))).toBe(`204 ${page}`);
    expect(await asked(application, preflight("/things/own", app))).toBe("403");
    expect(await asked(application, { url: "/things/rest", method: "PUT", headers: { origin: page } })).toBe("200 *");
  });

  test.each<readonly [string, unknown, RegExp]>([
    ["an unknown key", { allowOrigin: app }, /PUT \/x config\.cors\.allowOrigin.*allowOrigins/],
    ["the options of @fastify/cors", { origin: true }, /PUT \/x config\.cors\.origin/],
    ["true", true, /PUT \/x config\.cors.*is an object, not the boolean true/],
    ["null", null, /PUT \/x config\.cors/],
    ["policies by route", { policy, routes: [] }, /PUT \/x config\.cors\.policy/],
    ["two mistakes", { allowOrigins: "x", maxAge: -1 }, /config\.cors\.allowOrigins[\s\S]*config\.cors\.maxAge/],
  ])("stops the start where it is %s", async (_, value, message) => {
    await expect(atTop((top) => top.put("/x", own(value), ok))).rejects.toThrow(message);
  });

  test("with enforce, takes what definePolicy made", async () => {
    const application = Fastify();
    await application.register(enforce(definePolicy(policy)));
    expect(() => application.put("/x", own(other), ok)).toThrow(/PUT \/x config\.cors: .*definePolicy made, or false/);
    application.put("/y", own(definePolicy(other)), ok);
    expect(await asked(application, preflight("/y", page))).toBe(`204 ${page}`);
  });

  test("grants nothing where the route came before the plugin, and tells it once", async () => {
    const onError = vi.fn();
    const application = Fastify();
    application.register(cors(policy, { onError }));
    application.get("/early", own({ allowOrigins: "*" }), ok);
    for (let times = 0; times < 2; times += 1) {
      expect(await asked(application, { url: "/early", headers: { origin: app } })).toBe("200");
    }
    expect(onError).toHaveBeenCalledOnce();
    expect(String(onError.mock.calls[0]?.[0])).toMatch(
      /GET \/early was declared before .*`await app\.register\(cors\(policy\)\);`/,
    );
  });

  test("leaves preflights without a policy to the application's own OPTIONS route, once", async () => {
    const onRequest = vi.fn();
    const application = await atTop((top) => {
      top.addHook("onSend", async () => onRequest());
      top.put("/x", own(false), ok);
      top.options("/x", own(false), async (_, reply) => reply.header("access-control-allow-origin", "mine").send("x"));
    });
    const response = await application.inject(preflight("/x", app));
    expect([response.body, response.headers["access-control-allow-origin"]]).toEqual(["x", "mine"]);
    expect(onRequest).toHaveBeenCalledOnce();
  });

  test("leaves them to a wildcard of the application, and to a rewritten URL", async () => {
    const application = Fastify({ rewriteUrl: ({ url = "" }) => (url.startsWith("/v1") ? url.slice(3) : `/v1${url}`) });
    await application.register(cors(policy));
    application.put("/x", own(false), ok);
    application.options("/*", async ({ params }) => JSON.stringify(params));
    const response = await application.inject(preflight("/v1/x", app));
    expect(response.body).toBe('{"*":"x"}');
  });
});

describe("routes that the router tells apart by more than the path", () => {
  test("a host: the preflight of each has its policy", async () => {
    const application = await atTop((top) => {
      top.put("/x", { constraints: { host: "a.example" }, ...own(other) }, ok);
      top.put("/x", { constraints: { host: "b.example" } }, ok);
    });
    expect(await asked(application, preflight("/x", page, "PUT", { host: "a.example" }))).toBe(`204 ${page}`);
    expect(await asked(application, preflight("/x", app, "PUT", { host: "b.example" }))).toBe(`204 ${app}`);
  });

  test("a version, which no preflight has", async () => {
    const shared = own(other);
    const application = await atTop((top) => {
      top.put("/x", { constraints: { version: "1.0.0" }, ...shared }, ok);
      top.put("/x", { constraints: { version: "2.0.0" }, ...shared }, ok);
    });
    expect(await asked(application, preflight("/x", page))).toBe(`204 ${page}`);
  });

  test("versions with different policies stop the start", async () => {
    const declared = atTop((top) => {
      top.put("/x", { constraints: { version: "1.0.0" }, ...own(other) }, ok);
      top.put("/x", { constraints: { version: "2.0.0" }, ...own(false) }, ok);
    });
    await expect(declared).rejects.toThrow(/two routes for PUT \/x have different config\.cors/);
  });

  test("forty versions and methods of one path", async () => {
    const application = await atTop((top) => {
      top.put("/own", own(other), ok);
      for (let major = 1; major <= 30; major += 1) {
        top.all("/x", { constraints: { version: `${major}.0.0` } }, ok);
      }
    });
    expect(await asked(application, preflight("/x", app))).toBe(`204 ${app}`);
  });

  test.each<readonly [string, FastifyServerOptions, readonly string[]]>([
    ["both, as it comes", {}, ["/a", "/a/"]],
    [
      "trailing slashes that do not count",
      { routerOptions: { ignoreTrailingSlash: true } },
      ["/a", "/a/", "/a/x/", "/a/x"],
    ],
    ["doubled slashes that do not count", { routerOptions: { ignoreDuplicateSlashes: true } }, ["/a", "//a", "/a//x"]],
    ["letter case that does not count", { routerOptions: { caseSensitive: false } }, ["/A", "/a/X"]],
  ])("%s", async (_, options, urls) => {
    const application = Fastify(options);
    application.register(
      async (scope) => {
        await scope.register(cors(policy));
        scope.put("/", own(other), ok);
        scope.put("/x", own(other), ok);
      },
      { prefix: "/a" },
    );
    for (const url of urls) expect([url, await asked(application, preflight(url, page))]).toEqual([url, `204 ${page}`]);
  });
});

describe("two policies in one application", () => {
  test("the innermost scope's answers requests and preflights, and nobody is told of a stack", async () => {
    const onStacked = vi.fn();
    const application = await atTop(
      async (top) => {
        top.put("/outer", ok);
        await top.register(async (scope) => {
          await scope.register(cors(other, { onStacked }));
          scope.put("/inner", ok);
        });
      },
      { onStacked },
    );
    expect(await asked(application, preflight("/inner", page))).toBe(`204 ${page}`);
    expect(await asked(application, preflight("/inner", app))).toBe("403");
    expect(await asked(application, { method: "PUT", url: "/inner", headers: { origin: page } })).toBe(`200 ${page}`);
    expect(await asked(application, preflight("/outer", app))).toBe(`204 ${app}`);
    expect(onStacked).not.toHaveBeenCalled();
  });

  test("a scope that was there before the inner policy stays under the outer one", async () => {
    const application = await atTop((top) => {
      top.register(
        async (scope) => {
          scope.register(async (early) => void early.put("/early", ok));
          scope.register(cors({ ...other, crossOriginProtection: true }));
          scope.register(async (late) => void late.put("/late", ok));
        },
        { prefix: "/s" },
      );
    });
    expect(await asked(application, { method: "PUT", url: "/s/early", headers: { origin: app } })).toBe(`200 ${app}`);
    expect(await asked(application, preflight("/s/early", app))).toBe(`204 ${app}`);
    expect(await asked(application, { method: "PUT", url: "/s/late", headers: { origin: page } })).toBe(`200 ${page}`);
    expect(await asked(application, preflight("/s/late", page))).toBe(`204 ${page}`);
    expect(await asked(application, { method: "PUT", url: "/s/late", headers: { origin: app } })).toBe("403");
  });

  test("a wildcard of the scope around comes before what a scope answers for all paths below its prefix", async () => {
    const application = await atTop(async (top) => {
      top.get("/*", ok);
      await top.register(async (scope) => void (await scope.register(cors(other))), { prefix: "/s" });
    });
    expect(await asked(application, preflight("/s/x", app, "GET"))).toBe(`204 ${app}`);
    expect(await asked(application, preflight("/s/x", page, "PUT"))).toBe(`204 ${page}`);
  });

  test("an OPTIONS route of the application on the same path does not stand before a wildcard", async () => {
    const application = await atTop((top) => {
      top.options("/x", ok);
      top.get("/*", own(other), ok);
    });
    expect(await asked(application, preflight("/x", page, "GET"))).toBe(`204 ${page}`);
    expect(await asked(application, preflight("/x", app, "PUT"))).toBe(`204 ${app}`);
  });

  test("a route below a prefix that is declared outside of its scope has the policy of where it is declared", async () => {
    const application = await atTop(async (top) => {
      top.put("/s/outside", ok);
      await top.register(
        async (scope) => {
          await scope.register(cors(other));
          scope.put("/inside", ok);
        },
        { prefix: "/s" },
      );
    });
    expect(await asked(application, preflight("/s/outside", app))).toBe(`204 ${app}`);
    expect(await asked(application, preflight("/s/inside", page))).toBe(`204 ${page}`);
    expect(await asked(application, preflight("/s/missing", page))).toBe(`204 ${page}`);
  });
});

test("without a second policy, the router gets no constraint and no route", async () => {
  const application = await atTop((top) => top.put("/x", ok));
  expect(application.hasConstraintStrategy("corsPreflight")).toBe(false);
  expect(application.hasRoute({ method: "OPTIONS", url: "/x" })).toBe(false);
});

test("printRoutes says which preflights a route of ours is for", async () => {
  const application = await atTop((top) => top.put("/x", own(other), ok));
  expect(application.printRoutes({ commonPrefix: false })).toContain('"corsPreflight":["PUT"]');
});
