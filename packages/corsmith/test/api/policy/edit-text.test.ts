import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { editJson, editYaml } from "../../../src/api/policy/edit-text.ts";
import { lineDiff } from "../../../src/api/policy/line-diff.ts";

const allow = (...value: string[]) => [{ kind: "set", path: "policy.allowOrigins", value } as const];

describe("an edit touches one place of the text", () => {
  const table: [name: string, before: string, value: string[], after: string][] = [
    [
      "one more in a list of lines",
      "policy:\n  allowOrigins:\n    - https://a.example # the app\n  maxAge:   5\n",
      ["https://a.example", "https://b.example"],
      "policy:\n  allowOrigins:\n    - https://a.example # the app\n    - https://b.example\n  maxAge:   5\n",
    ],
    [
      "one more where lines are not indented",
      "policy:\n  allowOrigins:\n  - https://a.example\n",
      ["https://a.example", "https://b.example"],
      "policy:\n  allowOrigins:\n  - https://a.example\n  - https://b.example\n",
    ],
    [
      "one more at the end of a file without a line break",
      "policy:\n  allowOrigins:\n    - https://a.example",
      ["https://a.example", "https://b.example"],
      "policy:\n  allowOrigins:\n    - https://a.example\n    - https://b.example\n",
    ],
    [
      "one more in brackets",
      "policy: { allowOrigins: [ https://a.example ],   maxAge: 5 } # short\n",
      ["https://a.example", "http://localhost:*"],
      "policy: { allowOrigins: [ https://a.example, http://localhost:* ],   maxAge: 5 } # short\n",
    ],
    [
      "one less, with its comment",
      "policy:\n  allowOrigins:\n    - https://a.example # the app\n    - https://b.example # gone\n",
      ["https://a.example"],
      "policy:\n  allowOrigins:\n    - https://a.example # the app\n",
    ],
    [
      "one less in brackets",
      'policy: { allowOrigins: ["https://a.example", "https://b.example"] }\n',
      ["https://b.example"],
      'policy: { allowOrigins: ["https://b.example"] }\n',
    ],
    [
      "the last one less in brackets",
      'policy: { allowOrigins: ["https://a.example", "https://b.example"] }\n',
      ["https://a.example"],
      'policy: { allowOrigins: ["https://a.example"] }\n',
    ],
    [
      "a single origin becomes a list, and comments stay",
      "# mine\npolicy:\n  allowOrigins: https://a.example # the app\n",
      ["https://a.example", "https://b.example"],
      "# mine\npolicy:\n  allowOrigins:\n    - https://a.example\n    - https://b.example\n",
    ],
    [
      "a key that was not there",
      "# mine\npolicy:\n  preset: development # for now\n",
      ["https://b.example"],
      "# mine\npolicy:\n  preset: development # for now\n  allowOrigins:\n    - https://b.example\n",
    ],
  ];
  test.each(table)("%s", (_, before, value, after) => {
    expect(editYaml(before, allow(...value))).toBe(after);
  });

  test("a number, with the comment behind it", () => {
    const edit = { kind: "set", path: "policy.maxAge", value: 600 } as const;
    expect(editYaml("policy:\n  maxAge:  5   # short\n", [edit])).toBe("policy:\n  maxAge:  600   # short\n");
  });

  test("a key that goes", () => {
    const edit = { kind: "remove", path: "routes[0].policy.maxAge" } as const;
    const after = editYaml(
      "routes:\n  - path: /a # A\n    policy:\n      allowOrigins: [https://a.example]\n      maxAge: 5\n",
      [edit],
    );
    expect(after).toBe("routes:\n  - path: /a # A\n    policy:\n      allowOrigins: [https://a.example]\n");
  });

  test("JSON keeps its indentation and its end", () => {
    const before = '{\n\t"policy": {\n\t\t"allowOrigins": [\n\t\t\t"https://a.example"\n\t\t]\n\t}\n}\n';
    const after = editJson(before, allow("https://a.example", "https://b.example"));
    expect(after).toBe(before.replace('.example"\n', '.example",\n\t\t\t"https://b.example"\n'));
  });
});

const origins = fc.uniqueArray(
  fc.webAuthority({ withPort: true }).map((host) => `https://${host}`),
  { minLength: 1, maxLength: 6 },
);

describe("whatever is edited", () => {
  test("the text then says what was meant, in either style", () => {
    fc.assert(
      fc.property(origins, origins, fc.boolean(), fc.nat(6), (before, more, flow, padding) => {
        const value = {
          policy: { allowOrigins: before, maxAge: 5 },
          routes: [{ path: "/a", policy: { allowOrigins: "*" } }],
        };
        const text = stringify(value, {
          collectionStyle: flow ? "flow" : "block",
          lineWidth: 0,
          indent: (padding % 4) + 1,
        });
        for (const wanted of [[...before, more[0] ?? ""], before.slice(1), before.slice(0, -1), more]) {
          const edited = editYaml(text, allow(...wanted));
          expect(parse(edited)).toEqual({ ...value, policy: { ...value.policy, allowOrigins: wanted } });
        }
      }),
    );
  });

  test("the comparison by lines leads from one text to the other", () => {
    const texts = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = lineDiff(before, after);
        const count = (text: string): number => text.split("\n").length;
        const of = (kind: string): number => lines.filter((line) => line.kind === kind).length;
        expect(count(after) - count(before)).toBe(of("added") - of("removed"));
        expect(of("added") + of("removed") === 0).toBe(before === after);
      }),
    );
  });
});
