import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

const programs = "/usr/lib/postgresql/15/bin";

/** The server, for `requireProgram`. */
export const postgresProgram = `${programs}/postgres`;
/** Debian's package of it. */
export const postgresPackage = "postgresql-15";

/** A PostgreSQL of a test's own, which can be stopped and started again. */
export interface Postgres extends AsyncDisposable {
  /** With its user and its database. */
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as Debian's `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Makes a cluster in a folder of its own and starts it on a free port of 127.0.0.1. It writes nothing through to the disk. */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-postgres-"));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const setup = ["-D", data, "-U", "corsmith", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await promisify(execFile)(join(programs, "initdb"), setup, { ...user, cwd: folder });
  const port = await freePort();
  let server: ChildProcess | undefined;
  const kill = (): void => {
    server?.kill("SIGQUIT");
  };
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    // Fast: sessions are cut, as by an operator who restarts it.
    server.kill("SIGINT");
    await ended;
    server = undefined;
  };
  const start = async (): Promise<void> => {
    const settings = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
    server = spawn(postgresProgram, ["-D", data, "-p", String(port), ...settings], {
      ...user,
      cwd: folder,
      stdio: "ignore",
    });
    await ready(folder, port);
  };
  await start();
  return {
    url: `postgres://corsmith@127.0.0.1:${port}/postgres`,
    stop,
    start,
    async [Symbol.asyncDispose]() {
      await stop();
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(folder: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const probe = ["-q", "-h", "127.0.0.1", "-p", String(port), "-U", "corsmith"];
    const answers = await promisify(execFile)(join(programs, "pg_isready"), probe).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await delay(50);
  }
  throw new Error(`PostgreSQL in ${folder} does not answer on port ${port}.`);
}
