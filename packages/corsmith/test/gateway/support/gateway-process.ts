import { fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

/** A gateway in a process of its own, whose memory is its own. */
export interface GatewayProcess {
  readonly url: URL;
  /** By how many MB its resident memory has grown at most since it was started. */
  growth(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a gateway in front of `upstream` in a process of its own. */
export async function startGatewayProcess(
  upstream: URL,
  environment: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const child = fork(new URL("./gateway-child.ts", import.meta.url), [upstream.href], {
    env: { ...process.env, ...environment },
    execArgv: ["--conditions=@corsmith/source", "--disable-warning=ExperimentalWarning"],
  });
  const [url] = (await once(child, "message")) as [string];
  return {
    url: new URL(url),
    async growth() {
      child.send("growth");
      const [grownMb] = (await once(child, "message")) as [number];
      return grownMb;
    },
    async close() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
