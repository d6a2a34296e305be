import { fork } from "node:child_process";
import { once } from "node:events";

/** A gateway in a process of its own, whose memory is its own. */
export interface GatewayProcess {
  readonly url: URL;
  /** Measures memory anew from here on. */
  mark(): Promise<void>;
  /** By how many MB its resident memory has grown at most since the mark. */
  growth(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a gateway in front of `upstream` in a process of its own. */
export async function startGatewayProcess(upstream: URL): Promise<GatewayProcess> {
  const child = fork(new URL("./gateway-child.ts", import.meta.url), [upstream.href], {
    execArgv: ["--conditions=@corsmith/source", "--disable-warning=ExperimentalWarning"],
  });
  const ask = async <Answer>(question: string): Promise<Answer> => {
    child.send(question);
    const [answer] = (await once(child, "message")) as [Answer];
    return answer;
  };
  const [url] = (await once(child, "message")) as [string];
  return {
    url: new URL(url),
    mark: () => ask<void>("mark"),
    growth: () => ask<number>("growth"),
    async close() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
