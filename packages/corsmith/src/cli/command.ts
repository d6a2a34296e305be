import type { Environment } from "@corsmith/cors";
import type { Command } from "commander";
import { flagTable } from "../config/settings.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What a command is handed by the program. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** Says with which exit code the program is to end. */
  readonly finish: (code: number) => void;
}

/** Puts a command, with its flags, its help and what it runs, into the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** For an option that may stand more than once: all of its values, in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

type FlagName = keyof typeof flagTable;

/** Adds flags of the configuration, in this order. @param words what a flag does here, where that is not what the table says */
export function addConfigFlags(
  command: Command,
  names: readonly FlagName[],
  words: Readonly<Partial<Record<FlagName, string>>> = {},
): Command {
  for (const name of names) {
    const { flag, help, default: value } = flagTable[name];
    const shown = value === undefined || !flag.includes("<") ? "" : ` (default ${value || "none"})`;
    command.option(flag, (words[name] ?? help) + shown);
  }
  return command;
}
