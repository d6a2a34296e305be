import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { completePolicy } from "./apps/console/src/editor/complete-policy.ts";

const doc =
  "# Kept by hand.\npolicy:\n  allowOrigins:\n    - https://app.example.com # the app\n  allowCredentials: true\n  allowMethods: [PUT]\n  e";
const state = EditorState.create({ doc });
console.log(completePolicy(new CompletionContext(state, doc.length, false)));
