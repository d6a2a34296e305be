import process from "node:process";
import { type RealEngine, realEngines } from "../oracle/oracle-case.ts";

/** The engines that a command line names, or all. Ends the process with the names of those that are known if one is not. */
export function namedEngines(names: readonly string[] | undefined): readonly RealEngine[] {
  const engines = (names ?? realEngines).map((name) => realEngines.find((engine) => engine === name) ?? name);
  const unknown = engines.find((name) => !realEngines.includes(name as RealEngine));
  if (unknown !== undefined) {
    process.stderr.write(`--engine: "${unknown}" is not known. Use one of: ${realEngines.join(", ")}.\n`);
    process.exit(2);
  }
  return engines as readonly RealEngine[];
}
