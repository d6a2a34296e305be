import { readFileSync } from "node:fs";
import { type Engine, openPage } from "@corsmith/cors/browser";
import { requestsOfHar, transportFromHar } from "@corsmith/cors/testing";
import { describe, expect, test } from "vitest";

/** Recordings that the developer tools of real browsers saved, of one page that makes six requests, and what came of each. */
const recordings: readonly { readonly file: string; readonly engine: Engine; readonly requests: readonly string[] }[] =
  [
    {
      file: "firefox-153.har",
      engine: "firefox",
      requests: [
        "GET /orders [] include answered: ok",
        "PUT /orders/1?token=(hidden) [X-A] unknown answered: ok",
        "DELETE /orders/2 [] unknown no-answer: method-not-allowed",
        "GET /orders/3 [X-B] unknown no-answer: header-not-allowed",
        "GET /bare [] unknown answered: missing-allow-origin",
        "GET /moved [] unknown answered: ok",
      ],
    },
  ];

describe.each(recordings)("$file", ({ file, engine, requests }) => {
  const text = readFileSync(new URL(`recordings/${file}`, import.meta.url), "utf8");

  test("is judged as the browser judged", async () => {
    const transport = transportFromHar(text);
    const judged: string[] = [];
    for (const { pageOrigin, method, url, headers, credentials, outcome } of requestsOfHar(text)) {
      const init = { method, headers: headers.map(([...line]): [string, string] => line) };
      const page = openPage({ origin: pageOrigin, engine, transport });
      const trace = await page.trace(url, credentials === "include" ? { ...init, credentials } : init);
      const { pathname, search } = new URL(url);
      const names = headers.map(([name]) => name).filter((name) => name !== "Accept");
      const verdict = trace.outcome === "ok" ? "ok" : trace.code;
      judged.push(`${method} ${pathname}${search} [${names}] ${credentials} ${outcome.kind}: ${verdict}`);
    }
    expect(judged).toEqual(requests);
  });

  test("holds secrets, and tells none", () => {
    expect(text).toContain("s3cret");
    expect(JSON.stringify(requestsOfHar(text))).not.toContain("s3cret");
  });
});
