import type { Environment } from "@corsmith/cors";
import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** What a command is handed by the program. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** Says with which exit code the program is to end. */
  readonly finish: (code: number) => void;
}

/** Puts a command, with its flags, its help and what it runs, into the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;
