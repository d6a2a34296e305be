import process from "node:process";
import { workerArgument } from "./serve/workers/worker-messages.ts";
import { exitCode } from "./terminal/exit-code.ts";
import { processTerminal } from "./terminal/terminal.ts";

// How long the process may go on after its work is done, in milliseconds. Only a handle that was not closed keeps it.
const exitDelayMs = 2_000;

/** The reader of our output has gone (`corsmith preset | head -1`): no reason to break, least of all for a server. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

// A worker loads what serves requests, and nothing of what talks to people: it has to be there quickly when another one has died.
const [first] = process.argv.slice(2);
if (first === workerArgument && process.send !== undefined) {
  const { runWorker } = await import("./serve/workers/worker.ts");
  runWorker();
} else {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreBrokenPipe);
  const { runProgram } = await import("./cli/program.ts");
  const terminal = processTerminal(process, process.env);
  try {
    process.exitCode = await runProgram(process.argv.slice(2), terminal, process.env);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.err.write(`Corsmith crashed. This is a bug; please report it:\n${words}\n`);
    process.exitCode = exitCode.failed;
  }
  setTimeout(() => process.exit(), exitDelayMs).unref();
}
