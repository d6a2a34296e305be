import cluster from "node:cluster";
import process from "node:process";
import type { Logger } from "pino";
import { type Gateway, startGateway } from "../../gateway/gateway.ts";
import { GatewayMeter } from "../../metrics/gateway-meter.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { createLog } from "../log.ts";
import { receivePolicies } from "./sent-policies.ts";
import { countForPrimary, type WorkerCounts } from "./worker-counts.ts";
import type { PrimaryMessage, WorkerMessage } from "./worker-messages.ts";

/** Milliseconds between two reports of what was measured, if the primary does not ask. */
const reportIntervalMs = 1_000;

/**
 * One of the processes of `--workers`. It does what the primary says, and nothing on its own: signals go to the whole group of a terminal,
 * and only the primary may answer them.
 */
export function runWorker(): void {
  let gateway: Gateway | undefined;
  let log: Logger | undefined;
  let counts: WorkerCounts | undefined;
  const meter = new GatewayMeter();
  const measured = (): WorkerMessage => ({ type: "measured", measurements: meter.measured() });

  const drain = async (): Promise<void> => {
    await gateway?.close();
    await counts?.close();
    await send(measured());
    log?.flush();
    process.exit(exitCode.done);
  };
  const obey = async (message: PrimaryMessage): Promise<void> => {
    switch (message.type) {
      case "start": {
        log = createLog({ ...message.log, worker: cluster.worker?.id ?? 0 });
        if (message.counts) counts = countForPrimary(send, log);
        const policies = receivePolicies(message.policies);
        const { settings } = message;
        gateway = await startGateway({
          ...settings,
          upstream: new URL(settings.upstream),
          routes: policies.table,
          log,
          journal: counts?.recorder,
          meter,
        });
        // Were this process killed, what it had measured until then would still count.
        setInterval(() => void send(measured()), reportIntervalMs).unref();
        return await send({ type: "listening", url: gateway.url.href });
      }
      case "policies": {
        const { load } = message.policies;
        try {
          gateway?.replaceRoutes(receivePolicies(message.policies).table);
          return await send({ type: "in-force", load });
        } catch (error) {
          return await send({ type: "not-in-force", load, message: messageOf(error) });
        }
      }
      case "measure":
        return await send(measured());
      case "counted":
        return counts?.received(message.sequence);
      case "drain":
        return await drain();
    }
  };

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("message", (message) => {
    obey(message as PrimaryMessage).catch(async (error: unknown) => {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      await send({ type: "refused", code, message: messageOf(error) });
      process.exit(exitCode.failed);
    });
  });
  // When the primary is gone, node:cluster itself ends this process.
  void send({ type: "waiting" });
}

/** Resolves when the message has left: a process that exits before loses it. */
async function send(message: WorkerMessage): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
