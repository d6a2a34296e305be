// The thread in which the journal is kept: SQLite works synchronously, and nothing of it may stop the gateway.

import { parentPort, workerData } from "node:worker_threads";
import { JournalOpenError } from "../database/database.ts";
import { JournalKeeper, type KeeperData } from "./keeper.ts";
import type { KeeperAnswer, KeeperRequest } from "./keeper-client.ts";

const data = workerData as KeeperData;
const keeper = new JournalKeeper(data);
let turn: Promise<unknown> = Promise.resolve();

async function answer({ id, method, values }: KeeperRequest): Promise<KeeperAnswer> {
  try {
    const call = keeper[method] as (...values: readonly unknown[]) => Promise<unknown>;
    return { id, value: await call.apply(keeper, [...values]) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      id,
      error: error instanceof JournalOpenError ? { message, code: error.code, fix: error.fix } : { message },
    };
  }
}

parentPort?.on("message", async (request: KeeperRequest) => {
  // SQLite has one connection here, and so does one thing at a time.
  const before = data.place.kind === "postgresql" ? undefined : turn;
  const answered = Promise.resolve(before).then(() => answer(request));
  turn = answered;
  parentPort?.postMessage(await answered);
  if (request.method === "close") parentPort?.close();
});
