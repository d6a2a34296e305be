import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter } from "node:path";

const forwarded = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** Ctrl-C reaches us from the terminal and again from npm: within this time it is one signal, not two. */
const sameSignalMs = 1000;

/**
 * Runs a program with our terminal, passes signals on to it and answers with its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, firstInPath?: string, stdio?: import("node:child_process").StdioOptions }} options
 * @returns {Promise<number>} the child's exit code; 128 + n after signal n; 127 when it could not be started
 */
export function runChild(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: environment(options.firstInPath),
      stdio: options.stdio ?? "inherit",
    });
    const stopForwarding = forwardSignals(child);
    child.once("error", (error) => {
      stopForwarding();
      console.error(`${command} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.once("exit", (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** @param {string | undefined} firstInPath */
function environment(firstInPath) {
  if (firstInPath === undefined) return process.env;
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...process.env, [name]: `${firstInPath}${delimiter}${process.env[name] ?? ""}` };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} takes the handlers away again
 */
function forwardSignals(child) {
  /** @type {Map<string, number>} */
  const last = new Map();
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const now = Date.now();
    if (now - (last.get(signal) ?? 0) < sameSignalMs) return;
    last.set(signal, now);
    child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  const watch = watchParent(() => forward("SIGTERM"));
  return () => {
    clearInterval(watch);
    for (const signal of forwarded) process.off(signal, forward);
  };
}

/**
 * A killed npm, or a shell between npm and us that keeps the signal for itself, tells us nothing: we only see that our
 * parent has changed. Outside npm a changed parent is no reason to stop (`nohup`, a closed shell).
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  if (process.env["npm_lifecycle_event"] === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
  return timer;
}
