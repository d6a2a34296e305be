import cors, { type CorsOptions } from "cors";
import express from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen, serverFor } from "../frameworks/support/listen.ts";
import { type PermissiveFastApi, startPermissiveFastApi } from "../support/permissive-fastapi.ts";
import { requireProgram, requirePythonModule } from "../support/real-thing.ts";
import { type Nginx, startNginx } from "../support/start-nginx.ts";
import { type Audited, runAudit } from "./run-audit.ts";

const origin = "https://app.acme.com";
const python = requirePythonModule("fastapi", "python3-fastapi") && requirePythonModule("uvicorn", "python3-uvicorn");

async function auditExpress(options?: CorsOptions): Promise<Audited> {
  const app = express();
  app.use(cors(options));
  app.get("/orders", (_request, response) => {
    response.json({ orders: [] });
  });
  const server = await listen(serverFor(false, app));
  try {
    return await runAudit(`http://127.0.0.1:${server.port}/orders`, "--origin", origin);
  } finally {
    await server.close();
  }
}

describe("Express with the package cors", () => {
  test("as it comes: a public API, clean", async () => {
    const { code, codes, infos } = await auditExpress();
    expect([code, codes]).toEqual([0, []]);
    expect(infos).toEqual(["headers-reflected", "max-age-missing"]);
  });

  test("with origin: true and credentials, open to every page", async () => {
    const { code, findings, codes } = await auditExpress({ origin: true, credentials: true });
    expect(codes).toEqual(["reflect-any-credentials", "headers-reflected"]);
    expect(findings[0]?.severity).toBe("critical");
    expect(findings[0]?.readableIn).toEqual(["chromium", "firefox", "webkit"]);
    expect(code).toBe(1);
  });

  test("with a pattern that nobody anchored", async () => {
    const { codes } = await auditExpress({ origin: /acme\.com$/, credentials: true });
    expect(codes).toContain("suffix-match");
  });

  test("with one string for everybody", async () => {
    const { codes, infos } = await auditExpress({ origin, allowedHeaders: ["content-type"], maxAge: 600 });
    expect(codes).toEqual([]);
    expect(infos).toEqual(["static-acao-mismatch"]);
  });

  test("with a string that has a slash at its end", async () => {
    const { codes } = await auditExpress({ origin: `${origin}/`, allowedHeaders: ["content-type"], maxAge: 600 });
    expect(codes).toEqual(["invalid-acao-syntax"]);
  });
});

describe.skipIf(!python)("a FastAPI that allows everything, with credentials", () => {
  let api: PermissiveFastApi;
  beforeAll(async () => {
    api = await startPermissiveFastApi();
  });
  afterAll(async () => {
    await api.program.stop();
  });

  test("is open to every page as soon as there is a cookie", async () => {
    const { code, findings } = await runAudit(`${api.url}session`, "--origin", origin);
    const [worst, ...others] = findings.filter(({ severity }) => severity !== "info");
    expect([worst?.code, worst?.severity]).toEqual(["cookie-triggered-reflection", "critical"]);
    expect(worst?.readableIn).toEqual(["chromium", "firefox", "webkit"]);
    expect(others.map((finding) => finding.code)).toEqual(["headers-reflected"]);
    expect(code).toBe(1);
  });

  test("is sent nothing that changes anything", async () => {
    await runAudit(`${api.url}orders/1`);
    expect(api.program.output()).toMatch(/"GET \/orders\/1/);
    expect(api.program.output()).not.toMatch(/"(?!GET|OPTIONS)[A-Z]+ \//);
  });
});

const echoing = `
  location / {
    add_header Access-Control-Allow-Origin $http_origin;
    add_header Access-Control-Allow-Credentials true;
    if ($request_method = OPTIONS) {
      add_header Access-Control-Allow-Origin $http_origin;
      add_header Access-Control-Allow-Credentials true;
      add_header Access-Control-Allow-Methods "GET, PUT";
      add_header Access-Control-Max-Age 600;
      return 204;
    }
  }`;

describe.skipIf(!requireProgram("/usr/sbin/nginx", "nginx-light"))("nginx as many configure it", () => {
  let nginx: Nginx;
  beforeAll(async () => {
    nginx = await startNginx(`${echoing}
      location /twice/ {
        proxy_pass http://127.0.0.1:$server_port/;
        add_header Access-Control-Allow-Origin * always;
      }`);
  });
  afterAll(async () => {
    await nginx.stop();
  });

  test("$http_origin lets in every page, hides errors, and tells no cache", async () => {
    const { code, findings, codes } = await runAudit(`${nginx.url}/orders.json`, "--origin", origin);
    expect(codes).toEqual(["reflect-any-credentials", "missing-vary-dynamic", "error-response-without-cors"]);
    expect(findings[0]?.severity).toBe("critical");
    expect(code).toBe(1);
  });

  test("a header added to the application's own stands twice", async () => {
    const { codes } = await runAudit(`${nginx.url}/twice/orders.json`, "--origin", origin);
    expect(codes).toContain("duplicate-acao");
  });

  test("a cache in front of an API that does not say Vary mixes pages up", async () => {
    const app = express();
    app.use((request, response, next) => {
      if (request.headers.origin === origin) response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Cache-Control", "max-age=60");
      next();
    });
    app.get("/orders", (_request, response) => {
      response.json({ orders: [] });
    });
    const api = await listen(serverFor(false, app));
    const cache = await startNginx(
      `location / {
        proxy_pass http://127.0.0.1:${api.port};
        proxy_cache orders;
        add_header X-Cache-Status $upstream_cache_status;
      }`,
      "orders",
    );
    try {
      const { codes } = await runAudit(`${cache.url}/orders`, "--origin", origin);
      expect(codes).toContain("cached-acao");
    } finally {
      await cache.stop();
      await api.close();
    }
  });
});
