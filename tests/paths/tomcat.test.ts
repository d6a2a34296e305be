import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type CorsmithServe, serveConfiguration } from "../support/corsmith-serve.ts";
import { requireFile, requireProgram } from "../support/real-thing.ts";
import { javaPath, startTomcat, type Tomcat, tomcatJar } from "../support/start-tomcat.ts";

/** Tomcat as it comes, and in the two other ways of taking an encoded slash. */
const connectors = [
  { name: "as it comes", attributes: "" },
  {
    name: "with slashes decoded",
    attributes: 'allowBackslash="true" encodedSolidusHandling="decode" encodedReverseSolidusHandling="decode"',
  },
  { name: "with slashes passed through", attributes: 'encodedSolidusHandling="passthrough"' },
] as const;

const secret = "ADMIN SECRET";
const attacker = "attacker.example";
const configuration = `
policy:
  allowOrigins: [https://app.example.com]
routes:
  - path: /public
    policy:
      allowOrigins: "*"
`;

/** [a spelling of /admin/secret.txt, which of the connectors serve the file by it] */
const spellings: readonly (readonly [string, string])[] = [
  ["/admin/secret.txt", "012"],
  ["/public/../admin/secret.txt", "012"],
  ["/public/%2e%2e/admin/secret.txt", "012"],
  ["/public/..;/admin/secret.txt", "012"],
  ["/public/%2e%2e;/admin/secret.txt", "012"],
  ["/public//../admin/secret.txt", "012"],
  ["/public;x=/..;y=/admin/secret.txt", "012"],
  // Parameters are cut before the rest is decoded.
  ["/public/%2e%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public/%2e%2e;%2Fpublic/admin/secret.txt", "012"],
  ["/public/.%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public/..;%2fpublic/admin/secret.txt", "012"],
  ["/public/..;x=1%2fpublic/admin/secret.txt", "012"],
  ["/public/%2e%2e;x=%2fpublic%2fx/admin/secret.txt", "012"],
  ["/public/%2e%2e;%5cpublic/admin/secret.txt", "012"],
  ["/public/%2e%2e;%2f%2e%2e%2fpublic/admin/secret.txt", "012"],
  ["/public/x/%2e%2e;%2fx/%2e%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public/./%2e%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public//%2e%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public;%2fx/%2e%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public/;%2fpublic/%2e%2e;%2fpublic/admin/secret.txt", "012"],
  ["/public/%2e%2e;%2fpublic/%61dmin/secret.txt", "012"],
  ["/public/%2e%2e;%2fpublic/admin;%2f/secret.txt", "012"],
  ["/public/x;%2f/%2e%2e;%2f/%2e%2e;%2fpublic/admin/secret.txt", "012"],
  // A backslash is a slash, before or after that.
  ["/public/%5c../admin/secret.txt", "1"],
  ["/public/..%5cadmin/secret.txt", "1"],
  ["/public/..%5c;%2f/admin/secret.txt", "1"],
  ["/public/;%5c../admin/secret.txt", ""],
  ["/public/;x%5c../admin/secret.txt", ""],
  ["/public/;%5c..%5cadmin/secret.txt", ""],
  ["/public/;\\../admin/secret.txt", ""],
  // An encoded slash is a slash, or is none.
  ["/public/..%2fadmin/secret.txt", "1"],
  ["/public/%2e%2e%2fadmin%2fsecret.txt", "1"],
  ["/public/x%2fy/%2e%2e/%2e%2e/admin/secret.txt", "2"],
  ["/public/x%2fy/%2e%2e;/%2e%2e;/admin/secret.txt", "2"],
  ["/public/a%2fb%2fc/%2e%2e;/%2e%2e;/admin/secret.txt", "2"],
];

let browser: Browser;
let site: BlankPage;
let page: Page;
let tomcat: Tomcat;
let gateways: readonly CorsmithServe[];

const installed =
  requireProgram(chromiumPath, "chromium") &&
  requireProgram(javaPath, "default-jre-headless") &&
  requireFile(tomcatJar, "libtomcat10-java");

describe.skipIf(!installed)("S97: Tomcat behind the gateway, with a route for all pages beside one for few", () => {
  beforeAll(async () => {
    tomcat = await startTomcat(
      connectors.map(({ attributes }) => attributes),
      { "public/file.txt": "PUBLIC FILE", "admin/secret.txt": secret },
    );
    gateways = await Promise.all(tomcat.urls.map((url) => serveConfiguration(url, configuration)));
    site = await startBlankPage();
    browser = await launchChromium({ hostRules: [`MAP ${attacker} 127.0.0.1`] });
    page = await browser.newPage();
    await page.goto(`http://${attacker}:${site.port}/`);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await site.close();
    for (const gateway of gateways) await gateway.stop();
    await tomcat.stop();
  });

  test("it serves the file by these spellings", async () => {
    for (const [path, served] of spellings) {
      const bodies = await Promise.all(tomcat.urls.map(async (url) => (await ask(url, path)).body));
      const serving = [...bodies.keys()].filter((index) => bodies[index]?.includes(secret) === true);
      expect(serving.join(""), path).toBe(served);
    }
  });

  describe.each(connectors.map(({ name }, index) => [name, index] as const))("%s", (_name, index) => {
    const gateway = (): URL => gateways[index]?.url ?? new URL("about:blank");

    test("a page of any origin reads what is public", async () => {
      expect(await readFromPage(["/public/file.txt"], gateway())).toEqual(["PUBLIC FILE"]);
    });

    test("it reads nothing else by any spelling", async () => {
      const paths = spellings.map(([path]) => path);
      const read = await readFromPage(paths, gateway());
      for (const [at, path] of paths.entries()) {
        // A browser resolves dots that stand alone before it asks: what is then plainly public may be read, and is not there.
        const { pathname } = new URL(path, gateway());
        if (/^\/public\/[^;%]*$/.test(pathname)) expect(read[at], path).toContain("HTTP Status 404");
        else expect(read[at], path).toBe("nothing");
      }
    });

    test("no spelling is granted to it, in the very bytes", async () => {
      for (const [path] of spellings) {
        const { headers } = await ask(gateway(), path, { origin: `http://${attacker}` });
        expect(headers["access-control-allow-origin"], path).toBeUndefined();
      }
    });

    test("it opens no WebSocket by any spelling", async () => {
      for (const [path] of spellings) expect((await ask(gateway(), path, upgrade)).status, path).toBe(403);
      // Tomcat has no WebSocket here: what passes is answered by it.
      expect((await ask(gateway(), "/public/file.txt", upgrade)).status).toBe(200);
    });
  });
});

const upgrade = {
  origin: `http://${attacker}`,
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** What a script on the attacker's page gets to read, request by request. */
async function readFromPage(paths: readonly string[], gateway: URL): Promise<readonly string[]> {
  return await page.evaluate(
    async (urls) =>
      await Promise.all(
        urls.map(async (url) => {
          try {
            return await (await fetch(url)).text();
          } catch {
            return "nothing";
          }
        }),
      ),
    paths.map((path) => `${gateway.origin}${path}`),
  );
}

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks with the path as it is written: `fetch` would resolve what it can. */
async function ask(url: URL, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  const asked = request({ host: url.hostname, port: url.port, path, headers, agent: false }).end();
  const [response] = await once(asked, "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}
