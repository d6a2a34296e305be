import { pathSteps, type TextEdit } from "./edit-steps.ts";

/** Changes a JSON text; its indentation stays. Throws where the text is no JSON, or a path leads through something that has no keys. */
export function editJson(text: string, edits: readonly TextEdit[]): string {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  for (const edit of edits) apply(value, edit);
  const indent = /^\{?\r?\n(?<indent>[ \t]+)"/m.exec(text)?.groups?.["indent"] ?? (text.includes("\n") ? "  " : "");
  return JSON.stringify(value, null, indent) + (/\n$/.exec(text)?.[0] ?? "");
}

function apply(root: unknown, edit: TextEdit): void {
  const steps = pathSteps(edit.path);
  const last = steps.at(-1) ?? "";
  let holder = root;
  for (const step of steps.slice(0, -1)) holder = child(holder, step);
  if (typeof holder !== "object" || holder === null) throw new TypeError(`Nothing can be written at ${edit.path}.`);
  if (edit.kind === "remove") removeFrom(holder, last);
  else Reflect.set(holder, last, edit.value);
}

/** What stands below, or a new object where nothing does. */
function child(holder: unknown, step: string | number): unknown {
  if (typeof holder !== "object" || holder === null) throw new TypeError(`There is no ${step} to write into.`);
  if (!Object.hasOwn(holder, step)) Reflect.set(holder, step, {});
  return Reflect.get(holder, step);
}

function removeFrom(holder: object, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}
