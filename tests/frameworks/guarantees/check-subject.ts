import { plainSetup } from "../hosts/host.ts";
import { ask } from "../support/ask.ts";
import type { Shortfall } from "./expectations.ts";
import { guarantees } from "./guarantees.ts";
import type { Subject } from "./subject.ts";

/** One cell of the matrix. */
export interface Cell {
  readonly words: string;
  readonly found: Shortfall | "does not apply";
}

/** Checks all guarantees of one subject: one column of the matrix. */
export async function checkSubject(subject: Subject): Promise<readonly Cell[]> {
  const server = await subject.start(plainSetup);
  const cells: Cell[] = [];
  try {
    // One after the other: an answer that takes the server down must not be blamed on its neighbour.
    for (const { words, check } of guarantees) {
      const found =
        "plain" in check
          ? await check.plain((question) => ask(server.port, question)).catch(whatWentWrong)
          : await check.own(subject).catch(whatWentWrong);
      cells.push({ words, found });
    }
  } finally {
    await server.close();
  }
  return cells;
}

function whatWentWrong(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes("no response head") ? "no answer at all" : message;
}
