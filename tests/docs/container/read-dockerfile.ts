/** An instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** A stage, from one FROM to the next. */
export interface Stage {
  /** What it starts from: an image, or an earlier stage. */
  readonly from: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile. Knows the part of the language that ours uses. */
export function readDockerfile(text: string): readonly Stage[] {
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  const stages: { from: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const { name = "", text: rest = "" } = /^(?<name>[A-Z]+) (?<text>.*)$/.exec(line)?.groups ?? {};
    if (name === "FROM") {
      const [from = "", , stage] = rest.split(/\s+/);
      stages.push({ from, name: stage, instructions: [] });
    } else if (name !== "ARG") {
      stages.at(-1)?.instructions.push({ name, text: rest });
    }
  }
  return stages;
}

/** What an instruction of the last stage says; throws where it is not there. */
export function lastSays(stages: readonly Stage[], name: string): string {
  const found = stages.at(-1)?.instructions.findLast((instruction) => instruction.name === name);
  if (found === undefined) throw new Error(`the last stage has no ${name}`);
  return found.text;
}

/** The list of an instruction in exec form: `["node", "x.js"]`. Throws where it is written for a shell. */
export function execForm(text: string): readonly string[] {
  const list: unknown = JSON.parse(text.slice(text.indexOf("[")));
  if (!Array.isArray(list) || !list.every((part) => typeof part === "string"))
    throw new Error(`not exec form: ${text}`);
  return list;
}

/** The variables that the last stage sets. */
export function environmentOf(stages: readonly Stage[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lastSays(stages, "ENV")
      .split(/\s+/)
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}
