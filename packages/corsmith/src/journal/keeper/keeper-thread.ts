// The thread in which the journal is kept: SQLite works synchronously, and nothing of it may stop the gateway.

import { parentPort, workerData } from "node:worker_threads";
import { JournalOpenError } from "../database/database.ts";
import { JournalKeeper } from "./keeper.ts";
import type { KeeperAnswer, KeeperData, KeeperRequest } from "./keeper-messages.ts";

const keeper = new JournalKeeper(workerData as KeeperData);

async function answer({ id, call }: KeeperRequest): Promise<KeeperAnswer> {
  try {
    return { id, ok: true, value: await keeper.answer(call) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof JournalOpenError) return { id, ok: false, message, code: error.code, fix: error.fix };
    return { id, ok: false, message, code: undefined, fix: "" };
  }
}

parentPort?.on("message", (request: KeeperRequest) => {
  void answer(request).then((said) => {
    parentPort?.postMessage(said);
    if (request.call.call === "close") parentPort?.close();
  });
});
