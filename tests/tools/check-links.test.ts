import { describe, expect, test } from "vitest";
import { checkLinks } from "../../tools/docs/check-links.ts";
import { temporaryTree } from "./temporary-tree.ts";

const target =
  '# One title\n\n## The `max-age`, and *more*\n\n## Twice\n\n## Twice\n\n```sh\n# no title\n```\n\n<a id="here"></a>\n';

function faultsOf(markdown: string): readonly string[] {
  return checkLinks(temporaryTree({ "docs/a.md": markdown, "docs/b.md": target, LICENSE: "MIT" }), "docs/a.md");
}

describe("links", () => {
  test.for([
    "[b](b.md)",
    "[b](./b.md#one-title)",
    "[b](b.md#the-max-age-and-more)",
    "[b](b.md#twice) and [b](b.md#twice-1)",
    "[b](b.md#here)",
    "# Own title\n[above](#own-title)",
    "[licence](../LICENSE)",
    "[licence](/LICENSE)",
    "[folder](../docs)",
    "[outside](https://example.com/x#y) [mail](mailto:a@example.com)",
    "`[code](nowhere.md)`",
    "```md\n[code](nowhere.md)\n```",
  ])("%j passes", (markdown) => {
    expect(faultsOf(markdown)).toEqual([]);
  });

  test.for([
    ["[b](c.md)", "docs/a.md:1: c.md: no such file"],
    ["text\n\n![picture](c.png)", "docs/a.md:3: c.png: no such file"],
    ["[b](b.md#no-title)", "docs/a.md:1: b.md#no-title: no such heading"],
    ["[b](b.md#twice-2)", "docs/a.md:1: b.md#twice-2: no such heading"],
    ["[self](#nothing)", "docs/a.md:1: #nothing: no such heading"],
    ["[b][ref]\n\n[ref]: c.md", "docs/a.md:3: c.md: no such file"],
    [`<img src="c.svg">`, "docs/a.md:1: c.svg: no such file"],
    ["one ` lone tick [b](c.md)\n\nand ` another", "docs/a.md:1: c.md: no such file"],
  ] as const)("%j is a fault", ([markdown, fault]) => {
    expect(faultsOf(markdown)).toEqual([fault]);
  });
});
