import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PermissiveFastApi, startPermissiveFastApi } from "../support/permissive-fastapi.ts";
import { requireProgram, requirePythonModule } from "../support/real-thing.ts";
import { type Nginx, startNginx } from "../support/start-nginx.ts";

const main = fileURLToPath(new URL("../../packages/corsmith/src/main.ts", import.meta.url));
const origin = "https://app.acme.io";

interface Checked {
  readonly code: number;
  readonly out: string;
  /** The first paragraph, on one line. */
  readonly first: string;
}

/** The command as a person runs it. */
async function check(...args: readonly string[]): Promise<Checked> {
  const parameters = ["--conditions=@corsmith/source", main, "check", ...args, "--origin", origin];
  const env = { ...process.env, NO_COLOR: "1" };
  return await new Promise((resolve) => {
    execFile(process.execPath, parameters, { env }, (error, out) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({
        code,
        out: out.replaceAll(/\s+/g, " "),
        first: out.split(/\n\n|\n {2}DANGER/)[0]?.replaceAll("\n", " ") ?? "",
      });
    });
  });
}

const python = requirePythonModule("fastapi", "python3-fastapi") && requirePythonModule("uvicorn", "python3-uvicorn");

describe.skipIf(!python)("a FastAPI that allows everything, with credentials", () => {
  let api: PermissiveFastApi;
  beforeAll(async () => {
    api = await startPermissiveFastApi();
  });
  afterAll(async () => {
    await api.program.stop();
  });

  test("is open to every page as soon as there is a cookie, and closed to requests that include none", async () => {
    const { code, out, first } = await check(`${api.url}orders`, "--credentials");
    expect(first).toBe(
      "Blocked: Access-Control-Allow-Origin is *, and * does not count when credentials are included.",
    );
    expect(out).toContain("401 Unauthorized, from FastAPI or Starlette");
    expect(out).toContain("DANGER As soon as a request has a cookie, the server allows every origin");
    expect(out).toContain("[cookie-triggered-reflection]");
    expect(out).toContain("In FastAPI and Starlette");
    expect(code).toBe(1);
  });

  test("lets any page's preflight through", async () => {
    const { code, out, first } = await check(
      `${api.url}orders/1`,
      "-X",
      "PUT",
      "-H",
      "content-type: application/json",
      "--credentials",
    );
    expect(first).toBe(
      "Allowed by the preflight, but perhaps not readable: the PUT itself was not sent, and a GET of the same URL would be blocked.",
    );
    expect(out).toContain("[reflect-any-credentials]");
    expect(api.program.output()).not.toMatch(/PUT \/orders/);
    expect(code).toBe(0);
  });

  test("answers a crash without the headers, and is told to be a crash", async () => {
    const { code, out, first } = await check(`${api.url}error`);
    expect(first).toBe(
      "Blocked: the response is 500 Internal Server Error, and such responses come without Access-Control-Allow-Origin.",
    );
    expect(out).toContain("First find out why the status is 500: the server broke.");
    expect(code).toBe(1);
  });
});

describe.skipIf(!requireProgram("/usr/sbin/nginx", "nginx-light"))("nginx whose add_header does not say always", () => {
  let nginx: Nginx;
  beforeAll(async () => {
    nginx = await startNginx(`
      location / { add_header Access-Control-Allow-Origin ${origin}; add_header Vary Origin; }
      location /private { return 401; }
      location /moved { return 301 /moved/; }
      location /moved/ { add_header Access-Control-Allow-Origin ${origin}; return 204; }`);
  });
  afterAll(async () => {
    await nginx.stop();
  });

  test("is fine as long as nothing goes wrong, and is warned of", async () => {
    const { code, out, first } = await check(`${nginx.url}/orders.json`);
    expect(first).toBe(`Allowed: a page of ${origin} can read the response, 200.`);
    expect(out).toContain("Errors lack the CORS headers: a path that does not exist is answered with 404 Not Found");
    expect(code).toBe(0);
  });

  test("hides an error from the page, and nothing but the error is the matter", async () => {
    const { code, out, first } = await check(`${nginx.url}/gone.json`);
    expect(first).toBe(
      "Blocked: the response is 404 Not Found, and such responses come without Access-Control-Allow-Origin.",
    );
    expect(out).toContain("404 Not Found, from nginx");
    expect(out).toContain("nginx drops add_header on errors unless it says always.");
    expect(out).toContain("always;");
    expect(code).toBe(1);
  });

  test("answers no OPTIONS of a file", async () => {
    const { code, first } = await check(`${nginx.url}/orders.json`, "-X", "PUT");
    expect(first).toBe(
      "Blocked: the preflight is answered with 405 Not Allowed, because nothing answers OPTIONS at this URL.",
    );
    expect(code).toBe(1);
  });

  test("wants a login for the preflight", async () => {
    const { code, first } = await check(`${nginx.url}/private`, "-H", "authorization");
    expect(first).toBe(
      "Blocked: the preflight is answered with 401 Unauthorized, probably because authentication runs before CORS.",
    );
    expect(code).toBe(1);
  });

  test("redirects the preflight to a slash", async () => {
    const { code, out, first } = await check(`${nginx.url}/moved`, "-H", "x-a: 1");
    expect(first).toBe(
      "Blocked: the preflight is redirected (301 to the same path with a slash at its end), and no browser follows that.",
    );
    expect(out).toContain(`client: Call ${nginx.url}/moved/ itself.`);
    expect(code).toBe(1);
  });
});
