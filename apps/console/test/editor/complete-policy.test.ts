import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { completePolicy } from "../../src/editor/complete-policy.ts";

/** The words that are offered at the bar. */
function offered(text: string): readonly string[] | undefined {
  const pos = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", "") });
  return completePolicy(new CompletionContext(state, pos, true))?.options.map(({ label }) => label);
}

describe("what is offered", () => {
  test.each([
    ["keys of a policy", "policy:\n  allowM|", "allowMethods"],
    ["methods in a list on the line", "policy:\n  allowMethods: [PU|]", "PUT"],
    ["methods in a list below", "policy:\n  allowMethods:\n    - PU|", "PUT"],
    ["headers of SDKs", "allowHeaders: [tracep|]", "traceparent"],
    ["yes and no", "allowCredentials: t|", "true"],
    ["use cases", "preset: p|", "public-api"],
    ["switches", "dangerously:\n  allow|", "allowNullOrigin"],
    ["keys in JSON", '{\n  "allowO|', "allowOrigins"],
    ["shapes of origins", "allowOrigins:\n- https|", "https://app.example.com"],
  ])("%s", (_, text, word) => {
    expect(offered(text)).toContain(word);
  });

  test("no switch of danger among the keys of a policy", () => {
    expect(offered("policy:\n  allow|")).not.toContain("allowNullOrigin");
  });
});
