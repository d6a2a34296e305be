import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A server in processes of its own. */
export interface RunningServer {
  readonly port: number;
  /** Seconds of processor time that it has used, all its processes together. */
  cpuSeconds(): number;
  /** Ends all its processes. */
  stop(): Promise<void>;
}

/** A program and where it will listen. */
export interface ServerCommand {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The open file that takes its output; nobody takes it otherwise. */
  readonly stdout?: number;
}

const startSeconds = 15;

/**
 * Starts a server and waits until it accepts connections.
 *
 * @throws Error with what it wrote, if it ends before or takes too long
 */
export async function startServer({ command, parameters, port, env, stdout }: ServerCommand): Promise<RunningServer> {
  // A group of its own: its workers can then be found and ended with it.
  const child = spawn(command, parameters, {
    detached: true,
    stdio: ["ignore", stdout ?? "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const kill = (signal: NodeJS.Signals) => signalGroup(child, signal);
  const killAtExit = () => kill("SIGKILL");
  process.once("exit", killAtExit);
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      said += error.message;
      resolve();
    });
    child.once("exit", () => resolve());
  });
  const stop = async () => {
    kill("SIGTERM");
    const late = setTimeout(() => kill("SIGKILL"), 3_000);
    await ended;
    clearTimeout(late);
    kill("SIGKILL");
    process.off("exit", killAtExit);
  };
  if (!(await accepts(port, child))) {
    await stop();
    throw new Error(`${command} ${parameters.join(" ")} does not listen on port ${port}:\n${said}`);
  }
  return { port, cpuSeconds: () => cpuSecondsOf(child.pid), stop };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended.
  }
}

async function accepts(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + startSeconds * 1_000;
  while (performance.now() < deadline && child.pid !== undefined && child.exitCode === null) {
    if (await connects(port)) return true;
    await delay(50);
  }
  return false;
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Clock ticks a second, as /proc counts them on every Linux that Node runs on. */
const ticks = 100;

/** Sums user and system time of a process group. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function cpuSecondsOf(group: number | undefined): number {
  let used = 0;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = statFields(entry);
    // Behind the name: state, parent, group; user and system time are the twelfth and thirteenth.
    if (Number(fields[2]) === group) used += Number(fields[11]) + Number(fields[12]);
  }
  return used / ticks;
}

function statFields(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
