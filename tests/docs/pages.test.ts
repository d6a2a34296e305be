import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readBlocks } from "./run/read-blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = globSync(["docs/guide/*.md", "examples/**/*.md"], { cwd: root }).sort();
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

describe("blocks that no test runs", () => {
  const notRun = pages.flatMap((page) =>
    readBlocks(textOf(page))
      .filter(({ language }) => language === "console")
      .map(({ text }) => [page, text.split("\n", 1)[0] ?? ""] as const),
  );

  test("are these and no others", () => {
    expect(notRun).toEqual([
      ["docs/guide/README.md", "$ npm install"],
      ["docs/guide/container.md", "$ docker build --tag corsmith ."],
      ["docs/guide/container.md", "$ docker compose up --build"],
      ["docs/guide/container.md", "$ docker compose kill --signal HUP corsmith"],
      ["docs/guide/metrics.md", expect.stringContaining("$ npm install @opentelemetry/")],
      // It never ends; tests of the operator's API read it.
      ["docs/guide/operators-api.md", "$ curl -N http://127.0.0.1:9090/api/events"],
      // What a matcher prints; a test of its own holds it to that.
      ["docs/guide/testing-in-your-suite.md", expect.stringContaining("Expected the server to allow a page")],
      ["examples/README.md", expect.stringContaining("$ node examples/orders-api.mjs")],
    ]);
  });
});

/** Sections of the Fetch standard that the pages speak of, as its snapshot of July 2026 names them. */
const fetchSections = new Set([
  "concept-cors-check",
  "concept-method",
  "concept-network-error",
  "cors-non-wildcard-request-header-name",
  "cors-preflight-fetch",
  "cors-protocol-and-credentials",
  "cors-protocol-and-http-caches",
  "cors-safelisted-method",
  "cors-safelisted-request-header",
  "cors-safelisted-response-header-name",
  "http-access-control-expose-headers",
  "http-access-control-max-age",
  "http-cors-protocol",
  "ok-status",
  "origin-header",
]);

describe("links to the standards", () => {
  const links = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\((?<url>https:\/\/[^)\s]+)\)/g)].map((match) => [page, match.groups?.["url"] ?? ""]),
  );

  test("to Fetch name a section that is there", () => {
    const anchors = links.flatMap(([page, url = ""]) =>
      url.startsWith("https://fetch.spec.whatwg.org/") ? [[page, url.split("#")[1] ?? ""]] : [],
    );
    expect(anchors.length).toBeGreaterThan(20);
    expect(anchors.filter(([, anchor = ""]) => !fetchSections.has(anchor))).toEqual([]);
  });

  test("lead to standards only", () => {
    const known = /^https:\/\/(?:fetch\.spec\.whatwg\.org|www\.rfc-editor\.org\/rfc\/rfc\d+|www\.w3\.org\/TR)\b/;
    expect(links.filter(([, url = ""]) => !known.test(url))).toEqual([]);
  });
});

describe("each page of the guide", () => {
  test.for(pages.filter((page) => /^docs\/guide\/(?!README)/.test(page)))("%s is in the contents", (page) => {
    expect(textOf("docs/guide/README.md")).toContain(`](${page.slice("docs/guide/".length)})`);
  });
});
