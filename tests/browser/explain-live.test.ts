import { type ExplanationCode, explain } from "@corsmith/cors/explain";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { requireProgram } from "../support/real-thing.ts";
import { startTrouble, type TroubleServer } from "./live/trouble-server.ts";

interface Trouble {
  readonly phrase: string;
  /** Run on the page; `API` is the server under another name. */
  readonly script: string;
  readonly code: ExplanationCode;
  /** Default `/page`, over http. */
  readonly page?: "/strict-page" | "secure";
}

const troubles: readonly Trouble[] = [
  { phrase: "no header", script: "fetch(API + '/none')", code: "missing-allow-origin" },
  {
    phrase: "no header on the preflight",
    script: "fetch(API + '/none', { method: 'PUT' })",
    code: "preflight-missing-allow-origin",
  },
  {
    phrase: "a wildcard with credentials",
    script: "fetch(API + '/wild', { credentials: 'include' })",
    code: "wildcard-origin-with-credentials",
  },
  {
    phrase: "no credentials allowed",
    script: "fetch(API + '/named', { credentials: 'include' })",
    code: "allow-credentials-not-true",
  },
  { phrase: "two values", script: "fetch(API + '/two')", code: "multiple-allow-origin-values" },
  { phrase: "another origin", script: "fetch(API + '/other')", code: "allow-origin-mismatch" },
  { phrase: "no origin", script: "fetch(API + '/no-origin')", code: "invalid-allow-origin-value" },
  { phrase: "a method", script: "fetch(API + '/wild', { method: 'DELETE' })", code: "method-not-allowed" },
  {
    phrase: "a method in lower case",
    script: "fetch(API + '/wild', { method: 'patch' })",
    code: "method-case-mismatch",
  },
  { phrase: "a header", script: "fetch(API + '/wild', { headers: { 'x-b': '1' } })", code: "header-not-allowed" },
  {
    phrase: "a list of methods that is none",
    script: "fetch(API + '/bad-methods', { method: 'PUT' })",
    code: "invalid-allow-methods",
  },
  {
    phrase: "a list of headers that is none",
    script: "fetch(API + '/bad-headers', { headers: { 'x-a': '1' } })",
    code: "invalid-allow-headers",
  },
  {
    phrase: "a preflight that is refused",
    script: "fetch(API + '/refused', { method: 'PUT' })",
    code: "preflight-status-not-ok",
  },
  {
    phrase: "a preflight that is redirected",
    script: "fetch(API + '/moved', { method: 'PUT' })",
    code: "preflight-redirect-http-to-https",
  },
  { phrase: "a sign-in page", script: "fetch(API + '/to-login')", code: "redirect-to-login" },
  { phrase: "a redirect with a password", script: "fetch(API + '/to-user')", code: "redirect-contains-credentials" },
  { phrase: "a redirect to an app", script: "fetch(API + '/to-app')", code: "redirect-non-http-scheme" },
  { phrase: "a loop of redirects", script: "fetch(API + '/loop')", code: "redirect-too-many" },
  {
    phrase: "a mode that forbids it",
    script: "fetch(API + '/wild', { mode: 'same-origin' })",
    code: "disallowed-by-mode",
  },
  { phrase: "a scheme that is none", script: "fetch('localhost:3000/x')", code: "cors-disabled-scheme" },
  { phrase: "nothing that listens", script: "fetch('http://api.example:1024/')", code: "server-down" },
  { phrase: "a name that is not known", script: "fetch('http://nowhere.example/')", code: "dns-failure" },
  { phrase: "a connection that breaks", script: "fetch(API + '/cut')", code: "connection-broken" },
  { phrase: "a certificate", script: "fetch(SECURE + '/wild')", code: "tls-failure" },
  { phrase: "a port that is blocked", script: "fetch('http://api.example:6666/')", code: "unsafe-port" },
  { phrase: "mixed content", script: "fetch(API + '/wild')", code: "mixed-content", page: "secure" },
  { phrase: "the page's own policy", script: "fetch(API + '/wild')", code: "blocked-by-csp", page: "/strict-page" },
  { phrase: "CORP", script: "fetch(API + '/private', { mode: 'no-cors' })", code: "blocked-by-corp" },
  {
    phrase: "a WebSocket",
    script: "new Promise((end) => { new WebSocket(API.replace('http', 'ws')).onerror = end; })",
    code: "websocket-origin-rejected",
  },
  {
    phrase: "a header that is not exposed",
    script: "readHeader(API + '/hidden-header', 'x-total')",
    code: "response-header-not-exposed",
  },
  {
    phrase: "a header that is the browser's own",
    script: "setHeader(API + '/wild', 'Host')",
    code: "forbidden-request-header",
  },
  {
    phrase: "a request that was given up",
    script: "fetch(API + '/wild', { signal: AbortSignal.abort() }).catch((error) => console.error(String(error)))",
    code: "request-aborted",
  },
  { phrase: "a body with GET", script: "fetch(API, { body: 'x' })", code: "body-not-allowed" },
  { phrase: "a URL that is none", script: "fetch('http://[')", code: "invalid-url" },
  {
    phrase: "a password in the URL",
    script: "fetch('http://ann:secret@api.example/')",
    code: "url-contains-credentials",
  },
  { phrase: "a method that is none", script: "fetch(API, { method: 'A B' })", code: "invalid-method" },
  {
    phrase: "a stream without duplex",
    script: "fetch(API, { method: 'POST', body: new ReadableStream() })",
    code: "stream-body-not-allowed",
  },
];

const tools = `
const request = (url, headers) => new Promise((end) => {
  const made = new XMLHttpRequest();
  made.open("GET", url);
  for (const name of headers) made.setRequestHeader(name, "x");
  made.onloadend = () => end(made);
  made.send();
});
const readHeader = async (url, name) => (await request(url, [])).getResponseHeader(name);
const setHeader = (url, name) => request(url, [name]);
`;

describe.skipIf(!(requireProgram(chromiumPath, "chromium") && requireProgram("openssl", "openssl")))(
  "what Chromium writes about it is understood",
  () => {
    let server: TroubleServer;
    let browser: Browser;
    let trusting: BrowserContext;
    beforeAll(async () => {
      server = await startTrouble();
      browser = await launchChromium({
        hostRules: ["MAP nowhere.example ~NOTFOUND", "MAP *.example 127.0.0.1"],
      });
      trusting = await browser.newContext({ ignoreHTTPSErrors: true });
    });
    afterAll(async () => {
      await browser.close();
      server.close();
    });

    test.for(troubles)("$phrase", async ({ script, code, page: where = "/page" }) => {
      const page = await (where === "secure" ? trusting : browser).newPage();
      try {
        const lines: string[] = [];
        page.on("console", (message) => lines.push(`${message.location().url} ${message.text()}`));
        const secure = `https://app.example:${server.securePort}/page`;
        await page.goto(where === "secure" ? secure : `http://app.example:${server.port}${where}`);
        const names = `const API = "http://api.example:${server.port}"; const SECURE = "https://api.example:${server.securePort}";`;
        const error = await page.evaluate(
          `(async () => { ${names} ${tools} try { await (${script}); } catch (error) { return String(error); } })()`,
        );
        await expect.poll(() => lines.length > 0 || error !== undefined).toBe(true);
        await page.waitForTimeout(50);
        const text = [...lines, ...(typeof error === "string" ? [`Uncaught (in promise) ${error}`] : [])].join("\n");
        const explained = explain(text);
        expect(explained.outcome === "known" ? explained.matches.map((match) => match.code) : [], text).toEqual([code]);
        expect(JSON.stringify(explained)).not.toContain("secret");
      } finally {
        await page.close();
      }
    });
  },
);
