import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { misconfigurationCodes, misconfigurationOf } from "../../src/misconfigurations/catalogue.ts";

const page = readFileSync(new URL("../../../../docs/guide/auditing-a-live-api.md", import.meta.url), "utf8");
const named = [...page.matchAll(/^\|(?<cell>[^|]+)\|/gm)].flatMap(({ groups }) =>
  [...(groups?.["cell"] ?? "").matchAll(/`(?<code>[\w-]+)`/g)].map((match) => match.groups?.["code"] ?? ""),
);

describe("the guide's tables of classes", () => {
  test("name each that is found, once, and four that cannot be", () => {
    const unseen = ["simple-request-csrf", "get-side-effect", "dead-allowlist-domain", "origin-header-injection"];
    expect(named.toSorted()).toEqual([...misconfigurationCodes, ...unseen].toSorted());
  });

  test("and how many they are is what the pages say", () => {
    const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");
    expect(readme).toContain(`[${misconfigurationCodes.length} kinds of misconfiguration]`);
    expect(page).toContain(`of ${misconfigurationCodes.length} kinds of misconfiguration`);
  });
});

describe("each class", () => {
  test.for(misconfigurationCodes)("%s has words, and a section of a standard", (code) => {
    const { title, means, fix, section } = misconfigurationOf(code);
    expect(title).toMatch(/^[A-Z*].*[^.]$/);
    expect(means).toMatch(/\.$/);
    expect(fix).toMatch(/[.…'"\]]$/);
    expect(section).toMatch(
      /^https:\/\/(?:fetch\.spec\.whatwg\.org|html\.spec\.whatwg\.org|www\.rfc-editor\.org|www\.w3\.org)\/.*#/,
    );
  });
});
